// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TokenStatus} from "../types/Token.sol";

/// @title IFeeds
/// @notice Why a token has no price now. Quotes and payments fail alike.
interface IFeeds {
    /// @notice No token has this id.
    error TokenUnknown(uint8 tokenId);

    /// @notice The token is paused or retired.
    error TokenNotAccepted(uint8 tokenId, TokenStatus status);

    /// @notice The feed did not answer.
    error FeedUnavailable(address feed);

    /// @notice The feed's price is zero or negative.
    error FeedNotPositive(address feed, int256 answer);

    /// @notice The feed's round is not complete.
    error FeedIncomplete(address feed, uint80 roundId, uint80 answeredInRound);

    /// @notice The feed's price is older than allowed, or of the future. Unix seconds.
    error FeedStale(address feed, uint256 updatedAt, uint256 maxAge);

    /// @notice The feed's price, in its own decimals, is beyond what is believed, USD x 10^4.
    error FeedOutOfBounds(address feed, uint256 price, uint256 minPriceE4, uint256 maxPriceE4);
}
