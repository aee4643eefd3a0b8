// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBooks} from "../subscriptions/interfaces/IBooks.sol";
import {ICancellation} from "../subscriptions/interfaces/ICancellation.sol";
import {IDisputes} from "../subscriptions/interfaces/IDisputes.sol";
import {IERC5643} from "../subscriptions/interfaces/IERC5643.sol";
import {IHandOver} from "../subscriptions/interfaces/IHandOver.sol";
import {IKeepers} from "../subscriptions/interfaces/IKeepers.sol";
import {IMoney} from "../subscriptions/interfaces/IMoney.sol";
import {IPurchases} from "../subscriptions/interfaces/IPurchases.sol";
import {ISales} from "../subscriptions/interfaces/ISales.sol";

/// @title ISubscriptions
/// @notice Everything that moves money or rights. What is sold, and quotes: {ISubscriptionPlans}.
// solhint-disable-next-line no-empty-blocks
interface ISubscriptions is
    ISales,
    IMoney,
    IBooks,
    IPurchases,
    IKeepers,
    ICancellation,
    IDisputes,
    IHandOver,
    IERC5643
{}
