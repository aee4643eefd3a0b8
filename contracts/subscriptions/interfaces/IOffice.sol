// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRulings} from "./IRulings.sol";

/// @title IOffice
/// @notice What the operator (the owner) and the arbiter do.
interface IOffice is IRulings {
    /// @notice Earned money goes here from now on.
    event TreasurySet(address treasury);

    /// @notice Who decides disputes from now on.
    event ArbiterSet(address arbiter);

    /// @notice The address may not be zero. `field` is the ASCII name of the field.
    error AddressMissing(bytes32 field);

    /// @notice The caller does not decide disputes.
    error NotArbiter(address caller);

    /// @notice Sends earned money to the treasury. Unearned money can't be reached.
    ///
    /// Requirements:
    /// - the caller is the operator; `amount` is at most what is earned and collected
    ///   ({EarnedShort}).
    function withdraw(uint8 tokenId, uint256 amount) external;

    /// @notice Splits the stake of a dispute, or dismisses it with 0.
    ///
    /// Requirements:
    /// - the caller is the arbiter, and the dispute is less than 14 days old;
    /// - `toSubscriber` is at most the stake ({SplitAboveStake}).
    function resolve(address subscriber, uint256 toSubscriber) external;

    /// @notice Names where earned money goes. The caller is the operator.
    function setTreasury(address newTreasury) external;

    /// @notice Names who decides disputes. The caller is the operator.
    function setArbiter(address newArbiter) external;

    /// @notice Where earned money goes.
    function treasury() external view returns (address);

    /// @notice Who decides disputes.
    function arbiter() external view returns (address);

    /// @notice The contract that holds the money.
    function subscriptions() external view returns (address);
}
