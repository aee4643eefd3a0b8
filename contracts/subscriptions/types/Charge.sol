// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Discount} from "./Order.sol";
import {PlanSlot} from "./PlanSlot.sol";
import {TokenSlot} from "./TokenSlot.sol";

/// @notice One payment as it is worked out, for a quote and for the payment itself. Meaning and units as
/// in {Quote}.
/// @param duration Seconds that it buys.
/// @param number Which instalment of the term it is, from 1.
/// @param parts Instalments of the term, at least 1.
/// @param codeHash The promo code to spend; 0 for none.
/// @param plan The plan bought.
/// @param token The token paid in.
struct Charge {
    uint256 listUsd;
    Discount discount;
    uint256 percent;
    uint256 priceUsd;
    uint256 dueUsd;
    uint256 amount;
    uint256 carried;
    uint256 duration;
    uint256 number;
    uint256 parts;
    bytes32 codeHash;
    PlanSlot plan;
    TokenSlot token;
}
