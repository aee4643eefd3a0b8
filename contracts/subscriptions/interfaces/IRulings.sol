// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IRulings
/// @notice Why operator or arbiter can't, though they ask the plans contract: the other one refuses.
interface IRulings {
    /// @notice There is no dispute.
    error NotDisputed(address subscriber);

    /// @notice The arbiter's time is over, Unix seconds.
    error DisputeDeadlinePassed(address subscriber, uint256 deadline);

    /// @notice The arbiter gives more than is at stake, smallest units.
    error SplitAboveStake(uint256 toSubscriber, uint256 stake);

    /// @notice The operator asks for more than is earned and collected, smallest units.
    error EarnedShort(uint8 tokenId, uint256 earned, uint256 wanted);

    /// @notice The token refused a transfer though allowance and balance are there.
    error TransferFailed(address token, address from, address to, uint256 amount);
}
