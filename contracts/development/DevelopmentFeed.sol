// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../subscriptions/interfaces/IAggregatorV3.sol";

/// @title DevelopmentFeed
/// @notice Stands for Chainlink's POL / USD feed on the local chain. Anyone sets the price, which is
/// never stale: a local chain stands still between starts.
contract DevelopmentFeed is IAggregatorV3 {
    uint8 public constant decimals = 8; // solhint-disable-line const-name-snakecase
    string public constant description = "POL / USD"; // solhint-disable-line const-name-snakecase

    int256 private _price;
    uint80 private _roundId = 1;

    /// @param price USD x 10^8 for one POL.
    constructor(int256 price) {
        _price = price;
    }

    function setPrice(int256 price) external {
        _price = price;
        ++_roundId;
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
        return (_roundId, _price, block.timestamp, block.timestamp, _roundId);
    }
}
