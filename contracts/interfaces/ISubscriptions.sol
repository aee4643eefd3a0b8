// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ICancellation} from "../subscriptions/interfaces/ICancellation.sol";
import {IDisputes} from "../subscriptions/interfaces/IDisputes.sol";
import {IEntitlements} from "../subscriptions/interfaces/IEntitlements.sol";
import {IERC5643} from "../subscriptions/interfaces/IERC5643.sol";
import {IHandOver} from "../subscriptions/interfaces/IHandOver.sol";
import {IKeepers} from "../subscriptions/interfaces/IKeepers.sol";
import {IPaymentTokens} from "../subscriptions/interfaces/IPaymentTokens.sol";
import {IPlans} from "../subscriptions/interfaces/IPlans.sol";
import {IPurchases} from "../subscriptions/interfaces/IPurchases.sol";

/// @title ISubscriptions
/// @notice All that callers of the subscription contract see.
interface ISubscriptions is
    IPlans,
    IPaymentTokens,
    IPurchases,
    IKeepers,
    ICancellation,
    IDisputes,
    IHandOver,
    IEntitlements,
    IERC5643
{}
