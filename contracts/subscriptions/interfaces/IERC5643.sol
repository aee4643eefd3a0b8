// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IERC5643
/// @notice Subscriptions as ERC-5643 has them (interface id 0x8c65f84d), so that other tools read when
/// one expires. A `tokenId` is the number of the subscriber's address; there is no ERC-721 behind it.
interface IERC5643 {
    /// @notice The subscription is paid until `expiration`, Unix seconds.
    event SubscriptionUpdate(uint256 indexed tokenId, uint64 expiration);

    /// @notice Renews by a keeper's rules ({IKeepers-renewFor}).
    /// @param duration 30 or 365 days, as the subscription is.
    function renewSubscription(uint256 tokenId, uint64 duration) external payable;

    /// @notice Cancels with five days of grace ({ICancellation-cancel}). The caller is the subscriber.
    function cancelSubscription(uint256 tokenId) external payable;

    /// @notice Paid until then, Unix seconds; when canceled, at most the end of its grace, and in a dispute
    /// the deadline.
    function expiresAt(uint256 tokenId) external view returns (uint64);

    /// @notice Whether keepers may renew it when it is due.
    function isRenewable(uint256 tokenId) external view returns (bool);
}
