// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFeeds} from "./IFeeds.sol";
import {IRulings} from "./IRulings.sol";

/// @title IMoney
/// @notice Money that is in nobody's subscription: earned and owed.
interface IMoney is IFeeds, IRulings {
    /// @notice The operator took earned money out, to the treasury.
    event Withdrawn(uint8 indexed tokenId, address indexed treasury, uint256 amount);

    /// @notice Money that could not be delivered, or that waits for its owner, is kept for `account`.
    event Owed(address indexed account, uint8 indexed tokenId, uint256 amount);

    /// @notice Kept money was taken.
    event Claimed(address indexed account, uint8 indexed tokenId, address to, uint256 amount);

    /// @notice The wallet has allowed this contract less than the price, smallest units.
    error AllowanceShort(address wallet, address token, uint256 allowance, uint256 needed);

    /// @notice The wallet holds less than the price, smallest units.
    error BalanceShort(address wallet, address token, uint256 balance, uint256 needed);

    /// @notice Another amount arrived than was sent: the token takes a fee.
    error TransferNotExact(address token, uint256 arrived, uint256 expected);

    /// @notice Less of the chain's coin was sent than the price, wei.
    error ValueShort(uint256 sent, uint256 needed);

    /// @notice The chain's coin was sent along with a payment in a token, wei.
    error ValueUnexpected(uint256 sent);

    /// @notice Nothing is kept for the account.
    error NothingOwed(address account, uint8 tokenId);

    /// @notice Takes what is kept for the caller: dispute money, leftovers, referrals that did not arrive.
    function claim(uint8 tokenId, address to) external returns (uint256 amount);

    /// @notice What the operator may withdraw now, smallest units.
    function earnedOf(uint8 tokenId) external view returns (uint256);

    /// @notice What is kept for an account, smallest units.
    function owed(address account, uint8 tokenId) external view returns (uint256);
}
