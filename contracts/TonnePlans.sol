// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Plans} from "./subscriptions/parts/Plans.sol";
import {Quotes} from "./subscriptions/parts/Quotes.sol";

/// @title TonnePlans
/// @notice What is sold and what it costs. {TonneSubscriptions} creates it and holds the money.
contract TonnePlans is Quotes {
    /// @param operator Sells plans, accepts tokens and withdraws what is earned, and can do nothing else.
    /// @param treasury_ Where earned money goes.
    /// @param arbiter_ Decides disputes.
    constructor(
        address operator,
        address treasury_,
        address arbiter_
    ) Plans(operator, treasury_, arbiter_) {}
}
