// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Token, TokenDraft, TokenStatus} from "../types/Token.sol";

/// @title IPaymentTokens
/// @notice What is taken as payment, at which price, and whose the money is.
interface IPaymentTokens {
    /// @notice A token is taken from now on. Nothing of it changes later but its status.
    event TokenAccepted(uint8 indexed tokenId, TokenDraft draft, uint8 decimals);

    /// @notice A token is taken, or not taken for now, or never again. Refunds are paid in any case.
    event TokenStatusSet(uint8 indexed tokenId, TokenStatus status);

    /// @notice The operator took earned money out, to the treasury.
    event Withdrawn(uint8 indexed tokenId, address indexed treasury, uint256 amount);

    /// @notice Money that could not be delivered, or that waits for its owner, is kept for `account`.
    event Owed(address indexed account, uint8 indexed tokenId, uint256 amount);

    /// @notice Kept money was taken.
    event Claimed(address indexed account, uint8 indexed tokenId, address to, uint256 amount);

    /// @notice Earned money goes here from now on.
    event TreasurySet(address treasury);

    /// @notice No token has this id.
    error TokenUnknown(uint8 tokenId);

    /// @notice The token is paused or retired.
    error TokenNotAccepted(uint8 tokenId, TokenStatus status);

    /// @notice There are as many tokens as there can be.
    error TokenLimitReached(uint256 maximum);

    /// @notice The token does not say how many decimals it has, or has more than 18.
    error TokenDecimalsInvalid(address token);

    /// @notice The wallet has allowed this contract less than the price, smallest units.
    error AllowanceShort(address wallet, address token, uint256 allowance, uint256 needed);

    /// @notice The wallet holds less than the price, smallest units.
    error BalanceShort(address wallet, address token, uint256 balance, uint256 needed);

    /// @notice The token refused a transfer though allowance and balance are there.
    error TransferFailed(address token, address from, address to, uint256 amount);

    /// @notice Another amount arrived than was sent: the token takes a fee.
    error TransferNotExact(address token, uint256 arrived, uint256 expected);

    /// @notice Less of the chain's coin was sent than the price, wei.
    error ValueShort(uint256 sent, uint256 needed);

    /// @notice The chain's coin was sent along with a payment in a token, wei.
    error ValueUnexpected(uint256 sent);

    /// @notice The price is above what the caller would pay, smallest units.
    error PriceAboveMaximum(uint256 amount, uint256 maximum);

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

    /// @notice The operator asks for more than is earned and collected, smallest units.
    error EarnedShort(uint8 tokenId, uint256 earned, uint256 wanted);

    /// @notice Nothing is kept for the account.
    error NothingOwed(address account, uint8 tokenId);

    /// @notice The address may not be zero. `field` is the ASCII name of the field.
    error AddressMissing(bytes32 field);

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

    /// @notice Sends earned money to the treasury. Unearned money can't be reached.
    ///
    /// Requirements:
    /// - the caller is the operator; `amount` is at most what is earned and collected.
    function withdraw(uint8 tokenId, uint256 amount) external;

    /// @notice Names where earned money goes. The caller is the operator.
    function setTreasury(address newTreasury) external;

    /// @notice Takes what is kept for the caller: dispute money, leftovers, referrals that did not arrive.
    function claim(uint8 tokenId, address to) external returns (uint256 amount);

    /// @notice A token as it stands. Reverts when there is none ({TokenUnknown}).
    function token(uint8 tokenId) external view returns (Token memory);

    /// @notice Ids are 0 to `tokenCount` - 1.
    function tokenCount() external view returns (uint8);

    /// @notice What is kept for an account, smallest units.
    function owed(address account, uint8 tokenId) external view returns (uint256);

    /// @notice Where earned money goes.
    function treasury() external view returns (address);
}
