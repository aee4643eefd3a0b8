// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title ICancellation
/// @notice Two ways out. {cancel} ends the rights in five days, in which {resume} restores everything.
/// {cancelAndRefund} ends them at once. Either way what is not used is paid back, without approval.
interface ICancellation {
    /// @notice The five days in which everything can be restored began; rights end at `endsAt`, Unix
    /// seconds. Also told when a renewal failed after the paid time, then perhaps more than once.
    event GraceStarted(address indexed subscriber, uint40 endsAt);

    /// @notice The subscription was canceled: in five days, or at once. `unused` is its new stream from
    /// this block on, smallest units; 0 when `atOnce`.
    event Canceled(address indexed subscriber, bool atOnce, uint256 unused);

    /// @notice A canceled subscription runs on as it was.
    event Resumed(address indexed subscriber, uint40 until);

    /// @notice Unused money was paid back, or is kept for the subscriber where {Owed} says so.
    event Refunded(address indexed subscriber, uint8 indexed tokenId, uint256 amount);

    /// @notice The subscription is not canceled.
    error NotCanceled(address subscriber);

    /// @notice The paid time is over: there is nothing to cancel and nothing unused, Unix seconds.
    error NothingUnused(address subscriber, uint256 until);

    /// @notice Cancels in five days. Until then everything works and {resume} undoes it; after that the
    /// unused rest can be taken at any time.
    ///
    /// Requirements:
    /// - paid time or a trial runs, not canceled, not disputed.
    function cancel() external;

    /// @notice Undoes {cancel} within its five days.
    function resume() external;

    /// @notice Ends the subscription now and pays out what is unused: `funded` x time left / whole time,
    /// rounded down; after {cancel} the time left when its five days ended.
    ///
    /// Notes:
    /// - of terms that were paid ahead the one that runs counts at its own price, to the percent: what has
    ///   not begun is paid back as it was paid, less what a keeper got of it;
    /// - what a referrer got comes off: the last tenth of that time counts as used.
    ///
    /// Requirements:
    /// - paid time or a trial runs, or a canceled one has a rest; not disputed.
    /// @return amount Smallest units of the token it was paid in.
    function cancelAndRefund() external returns (uint256 amount);
}
