// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRulings} from "./IRulings.sol";
import {Dispute} from "../types/Subscription.sol";

/// @title IDisputes
/// @notice For seven days after a payment its money can't leave, and the subscriber may dispute the term.
interface IDisputes is IRulings {
    /// @notice The money of the term stands still; `reasonHash` is the hash of a text that stays private.
    event Disputed(
        address indexed subscriber,
        uint8 indexed tokenId,
        uint256 stake,
        uint40 deadline,
        bytes32 reasonHash
    );

    /// @notice A dispute ended. Both parts 0: it was dismissed and the term runs on. Otherwise the
    /// subscription ended, and both parts are kept: the subscriber's for {claim}, the rest as earned.
    /// `byDeadline`: nobody decided, the subscriber got what was unused at the deadline, perhaps nothing.
    event Resolved(
        address indexed subscriber,
        uint256 toSubscriber,
        uint256 toOperator,
        bool byDeadline
    );

    /// @notice The time to dispute the term is over, or it was disputed or collected before.
    error DisputeTooLate(address subscriber, uint256 windowEnd);

    /// @notice No money is at stake.
    error NothingToDispute(address subscriber);

    /// @notice The arbiter still has time, Unix seconds.
    error DisputeDeadlineAhead(address subscriber, uint256 deadline);

    /// @notice Disputes the running term.
    ///
    /// Requirements:
    /// - the last payment is less than seven days ago; not canceled, not disputed before.
    function dispute(bytes32 reasonHash) external;

    /// @notice Ends a dispute that nobody decided in 14 days: the subscriber gets what was unused at that
    /// deadline, at which the rights ended by themselves. Anyone may call.
    function resolveByDeadline(address subscriber) external;

    /// @notice The open dispute of a wallet.
    function disputeOf(address subscriber) external view returns (Dispute memory);
}
