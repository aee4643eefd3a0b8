// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFeeds} from "./IFeeds.sol";
import {Token, TokenDraft, TokenStatus} from "../types/Token.sol";

/// @title IPaymentTokens
/// @notice What is taken as payment, and at which price.
interface IPaymentTokens is IFeeds {
    /// @notice A token is taken from now on. Nothing of it changes later but its status.
    event TokenAccepted(uint8 indexed tokenId, TokenDraft draft, uint8 decimals);

    /// @notice A token is taken, or not taken for now, or never again. Refunds are paid in any case.
    event TokenStatusSet(uint8 indexed tokenId, TokenStatus status);

    /// @notice There are as many tokens as there can be.
    error TokenLimitReached(uint256 maximum);

    /// @notice The token does not say how many decimals it has, or has more than 18.
    error TokenDecimalsInvalid(address token);

    /// @notice Takes a token as payment from now on.
    ///
    /// Notes:
    /// - never accept a token that rebases or takes a fee: payments with a fee are refused, and a balance
    ///   that shrinks by itself leaves this token (no other one) short.
    ///
    /// Requirements:
    /// - the caller is the operator; the token has at most 18 decimals;
    /// - with a feed: `maxAge` and `minPriceE4` are not 0, and the minimum is not above the maximum.
    function acceptToken(TokenDraft calldata draft) external returns (uint8 tokenId);

    /// @notice Takes a token, pauses it, or retires it for good.
    ///
    /// Requirements:
    /// - the caller is the operator; the token is not retired and `status` is not None.
    function setTokenStatus(uint8 tokenId, TokenStatus status) external;

    /// @notice A token as it stands. Reverts when there is none ({TokenUnknown}).
    function token(uint8 tokenId) external view returns (Token memory);

    /// @notice Ids are 0 to `tokenCount` - 1.
    function tokenCount() external view returns (uint8);

    /// @notice Smallest units of a token that are worth at least `usd` (x 10^6) now.
    function toTokenUp(uint8 tokenId, uint256 usd) external view returns (uint256 amount);
}
