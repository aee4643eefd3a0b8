// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";

import {Currency, Listing, Terms} from "../types/Listing.sol";
import {Dedication} from "../types/Dedication.sol";
import {Permit} from "../subscriptions/types/Order.sol";

/// @title ITonneMarket
/// @notice Credits at fixed prices. Listed grams are held here; payments go from buyer to seller.
/// @dev A listing is its terms: its id is their hash, and only the grams left are stored. Nobody can
/// change what a buyer has seen; a seller who asks another price has another listing.
interface ITonneMarket is IERC1155Receiver {
    /// @notice Grams were added to a listing.
    event Listed(
        bytes32 indexed listingId,
        address indexed seller,
        uint256 indexed creditId,
        uint64 grams,
        Terms terms
    );

    /// @notice Grams were taken out of a listing by its seller.
    event Unlisted(bytes32 indexed listingId, uint64 grams, address to);

    /// @notice Grams were sold.
    /// @param paid Smallest units of the listing's currency.
    /// @param retirementId Of the retirement that they went to; 0 when the buyer holds them.
    event Sold(
        bytes32 indexed listingId,
        address indexed buyer,
        uint64 grams,
        uint256 paid,
        uint256 retirementId
    );

    /// @notice A seller did not take the chain's coin, wei. It waits here.
    event Owed(address indexed seller, uint256 amount);

    /// @notice Waiting coin was taken, wei.
    event Claimed(address indexed seller, address to, uint256 amount);

    /// @notice Only grams of the credit contract are listed.
    error NotCreditToken(address caller);

    /// @notice Grams came without terms: send {Terms} along, ABI-encoded, 128 bytes.
    error TermsMissing(uint256 length);

    /// @notice One credit at a time.
    error OneCreditOnly();

    /// @notice Nothing is free.
    error PriceZero();

    /// @notice An amount of nothing.
    error GramsZero();

    /// @notice The smallest sale is larger than what is offered.
    error MinimumAboveOffer(uint64 minimumGrams, uint256 grams);

    /// @notice The listing is over, Unix seconds.
    error ListingExpired(uint256 expiresAt, uint256 time);

    /// @notice Less is left of the listing: nothing when it never was.
    error ListingShort(bytes32 listingId, uint64 left, uint64 wanted);

    /// @notice The seller sells no fewer grams at once.
    error BelowMinimum(bytes32 listingId, uint64 grams, uint64 minimumGrams);

    /// @notice Only the seller changes a listing.
    error NotSeller(address caller, address seller);

    /// @notice A seller who buys pays themselves: take the grams out instead.
    error OwnListing(address seller);

    /// @notice Exactly the price is sent along, wei; nothing for a price in a token.
    error CoinNotExact(uint256 sent, uint256 needed);

    /// @notice This chain has no such token, or had none when the market was deployed.
    error CurrencyNotTaken(Currency currency);

    /// @notice No contract is there.
    error TokenWithoutCode(address token);

    /// @notice The registry is paused, Unix seconds. What is listed can be taken out.
    error SalesPaused(uint256 until);

    /// @notice Buys grams.
    ///
    /// Requirements:
    /// - the registry is not paused; the listing is not over, has `grams` left, and is not the caller's;
    /// - `grams` are at least the listing's minimum, or all that is left;
    /// - the caller has allowed the price to this contract, by `permits` or before; a price in the
    ///   chain's coin is sent along exactly.
    ///
    /// @param permits None or one.
    /// @return paid Smallest units of the listing's currency.
    function buy(
        Listing calldata listing,
        uint64 grams,
        Permit[] calldata permits
    ) external payable returns (uint256 paid);

    /// @notice Buys grams and retires them in the same step, with a certificate if wished. The same
    /// requirements, and those of {ICarbonCredit-retire}.
    function buyAndRetire(
        Listing calldata listing,
        uint64 grams,
        Permit[] calldata permits,
        Dedication calldata dedication,
        bool withCertificate
    ) external payable returns (uint256 paid, uint256 retirementId);

    /// @notice Takes grams out of a listing. Works at all times.
    ///
    /// Requirements:
    /// - the caller is the seller, and the listing has `grams` left.
    function unlist(Listing calldata listing, uint64 grams, address to) external;

    /// @notice Offers all that is left of a listing on other terms.
    ///
    /// Requirements:
    /// - the caller is the seller, and something is left;
    /// - the terms are ones that can be listed.
    ///
    /// @return listingId Of the new listing.
    function relist(
        Listing calldata listing,
        Terms calldata terms
    ) external returns (bytes32 listingId);

    /// @notice Takes coin that waits for the caller. Works at all times.
    function claim(address to) external returns (uint256 amount);

    /// @notice Grams left of a listing.
    function leftOf(bytes32 listingId) external view returns (uint64);

    /// @notice Coin that waits for a seller, wei.
    function owed(address seller) external view returns (uint256);

    /// @notice The credit contract, and the one that certifies.
    function credit() external view returns (address);

    function certificates() external view returns (address);

    /// @notice Address of a currency; zero for the chain's coin. Reverts for one that is not taken.
    function tokenOf(Currency currency) external view returns (address);

    /// @notice The id of a listing: the hash of its terms.
    function idOf(Listing calldata listing) external pure returns (bytes32);

    /// @notice What `grams` cost, rounded up: no gram is free.
    function costUp(uint64 grams, uint128 pricePerTonne) external pure returns (uint256);
}
