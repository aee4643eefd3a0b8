// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Entitlement, Subscription} from "../types/Subscription.sol";
import {Order, Quote, Renewal} from "../types/Order.sol";

/// @title IQuotes
/// @notice What a wallet would pay, may use and has. All views.
interface IQuotes {
    /// @notice What {IPurchases-subscribe} would cost `subscriber` now, or {IPurchases-changePlan} where
    /// a paid term runs. Reverts as they would, but for balance, allowance and maximum.
    function quote(address subscriber, Order calldata order) external view returns (Quote memory);

    /// @notice What {IPurchases-renew} would cost `subscriber` now.
    function quoteRenewal(
        address subscriber,
        Renewal calldata renewal
    ) external view returns (Quote memory);

    /// @notice The rights of a wallet now: those of its plan while it is paid or in grace, else Free's.
    function entitlement(address wallet) external view returns (Entitlement memory);

    /// @notice The subscription of a wallet, money included.
    function subscription(address wallet) external view returns (Subscription memory);
}
