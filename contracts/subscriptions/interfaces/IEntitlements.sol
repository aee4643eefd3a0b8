// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Entitlement, Subscription} from "../types/Subscription.sol";

/// @title IEntitlements
/// @notice What a wallet may use now.
interface IEntitlements {
    /// @notice The rights of a wallet now: those of its plan while it is paid or in grace, else Free's.
    function entitlement(address wallet) external view returns (Entitlement memory);

    /// @notice The subscription of a wallet, money included.
    function subscription(address wallet) external view returns (Subscription memory);
}
