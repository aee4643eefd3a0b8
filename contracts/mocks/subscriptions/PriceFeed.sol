// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../../subscriptions/interfaces/IAggregatorV3.sol";

/// @title PriceFeed
/// @notice A feed that says what it is told to.
contract PriceFeed is IAggregatorV3 {
    error Silent();

    // solhint-disable-next-line immutable-vars-naming
    uint8 public immutable decimals;

    uint80 private _roundId = 1;
    uint80 private _answeredInRound = 1;
    int256 private _answer;
    uint256 private _updatedAt;
    bool private _silent;

    constructor(uint8 decimals_, int256 answer) {
        decimals = decimals_;
        _answer = answer;
        _updatedAt = block.timestamp;
    }

    function say(int256 answer, uint256 updatedAt) external {
        (_answer, _updatedAt) = (answer, updatedAt);
        (_roundId, _answeredInRound) = (_roundId + 1, _roundId + 1);
    }

    function sayRound(uint80 roundId, uint80 answeredInRound) external {
        (_roundId, _answeredInRound) = (roundId, answeredInRound);
    }

    function beSilent() external {
        _silent = true;
    }

    function latestRoundData()
        external
        view
        returns (
            uint80 roundId,
            int256 answer,
            uint256 startedAt,
            uint256 updatedAt,
            uint80 answeredInRound
        )
    {
        if (_silent) revert Silent();
        return (_roundId, _answer, _updatedAt, _updatedAt, _answeredInRound);
    }
}
