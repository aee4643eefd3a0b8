// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {HandOver} from "./subscriptions/parts/HandOver.sol";
import {IERC5643} from "./subscriptions/interfaces/IERC5643.sol";
import {Money} from "./subscriptions/parts/Money.sol";

/// @title TonneSubscriptions
/// @notice Sells plans for time, and gives back what is not used. Immutable: no proxy, no upgrade.
contract TonneSubscriptions is HandOver, IERC165 {
    /// @param operator Sells plans, accepts tokens and withdraws what is earned, and can do nothing else.
    /// @param treasury Where earned money goes.
    /// @param arbiter Decides disputes.
    constructor(
        address operator,
        address treasury,
        address arbiter
    ) Money(operator, treasury, arbiter) {}

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC5643).interfaceId || interfaceId == type(IERC165).interfaceId;
    }
}
