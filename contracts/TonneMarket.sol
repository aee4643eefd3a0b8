// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Currency, Listing, Terms} from "./types/Listing.sol";
import {Dedication} from "./types/Dedication.sol";
import {ICarbonCredit} from "./interfaces/ICarbonCredit.sol";
import {IMoney} from "./subscriptions/interfaces/IMoney.sol";
import {ITonneCertificates} from "./interfaces/ITonneCertificates.sol";
import {ITonneMarket} from "./interfaces/ITonneMarket.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {Permit} from "./subscriptions/types/Order.sol";
import {Transfers} from "./subscriptions/libraries/Transfers.sol";

/// @title TonneMarket
/// @notice Immutable, and nobody's: what is listed belongs to its seller, what is paid goes to the seller
/// at once. While the registry is paused nothing is sold.
contract TonneMarket is ITonneMarket, ERC165, ReentrancyGuardTransient {
    using SafeCast for uint256;

    uint256 private constant GRAMS_PER_TONNE = 1_000_000;
    uint256 private constant TERMS_BYTES = 128;

    ITonneRegistry private immutable REGISTRY;
    ICarbonCredit private immutable CREDIT;
    ITonneCertificates private immutable CERTIFICATES;
    address private immutable USDC;
    address private immutable USDT;

    /// @inheritdoc ITonneMarket
    mapping(bytes32 listingId => uint64) public leftOf;
    /// @inheritdoc ITonneMarket
    mapping(address seller => uint256) public owed;

    /// @param usdc Zero where there is none; the same for `usdt`.
    constructor(ITonneCertificates certificates_, address usdc, address usdt) {
        _checkToken(usdc);
        _checkToken(usdt);
        CERTIFICATES = certificates_;
        CREDIT = ICarbonCredit(certificates_.credit());
        REGISTRY = ITonneRegistry(CREDIT.registry());
        USDC = usdc;
        USDT = usdt;
    }

    /// @notice Lists what a holder sends: `data` are the {Terms}. The holder is the seller.
    /// @dev Has only effects, so it needs no guard.
    ///
    /// Requirements:
    /// - it is the credit contract that sends;
    /// - grams and price are not 0, the minimum is not above the grams, and the terms are not over.
    function onERC1155Received(
        address,
        address from,
        uint256 creditId,
        uint256 grams,
        bytes calldata data
    ) external returns (bytes4) {
        if (msg.sender != address(CREDIT)) revert NotCreditToken(msg.sender);
        if (data.length != TERMS_BYTES) revert TermsMissing(data.length);

        Terms memory terms = abi.decode(data, (Terms));
        _list(Listing(from, creditId, terms), grams);
        return IERC1155Receiver.onERC1155Received.selector;
    }

    /// @inheritdoc ITonneMarket
    function buy(
        Listing calldata listing,
        uint64 grams,
        Permit[] calldata permits
    ) external payable nonReentrant returns (uint256 paid) {
        bytes32 listingId = _take(listing, grams);
        paid = _cost(grams, listing.terms.pricePerTonne);

        emit Sold(listingId, msg.sender, grams, paid, 0);

        _pay(listing, paid, permits);
        CREDIT.safeTransferFrom(address(this), msg.sender, listing.creditId, grams, "");
    }

    /// @inheritdoc ITonneMarket
    function buyAndRetire(
        Listing calldata listing,
        uint64 grams,
        Permit[] calldata permits,
        Dedication calldata dedication,
        bool withCertificate
    ) external payable nonReentrant returns (uint256 paid, uint256 retirementId) {
        bytes32 listingId = _take(listing, grams);
        paid = _cost(grams, listing.terms.pricePerTonne);

        _pay(listing, paid, permits);
        retirementId =
            withCertificate
                ? CREDIT.retireWithCertificate(listing.creditId, grams, dedication, CERTIFICATES)
                : CREDIT.retire(listing.creditId, grams, dedication);

        // Only now is the number of the retirement known.
        emit Sold(listingId, msg.sender, grams, paid, retirementId);
    }

    /// @inheritdoc ITonneMarket
    function unlist(Listing calldata listing, uint64 grams, address to) external nonReentrant {
        bytes32 listingId = _checkSeller(listing);
        _decrease(listingId, grams);

        emit Unlisted(listingId, grams, to);

        CREDIT.safeTransferFrom(address(this), to, listing.creditId, grams, "");
    }

    /// @inheritdoc ITonneMarket
    function relist(
        Listing calldata listing,
        Terms calldata terms
    ) external nonReentrant returns (bytes32) {
        bytes32 oldId = _checkSeller(listing);
        uint64 grams = leftOf[oldId];
        _decrease(oldId, grams);

        emit Unlisted(oldId, grams, address(this));

        return _list(Listing(listing.seller, listing.creditId, terms), grams);
    }

    /// @inheritdoc ITonneMarket
    function claim(address to) external nonReentrant returns (uint256 amount) {
        amount = owed[msg.sender];
        if (amount == 0) revert IMoney.NothingOwed(msg.sender, uint8(Currency.Coin));
        owed[msg.sender] = 0;

        emit Claimed(msg.sender, to, amount);

        Transfers.send(address(0), to, amount);
    }

    /// @inheritdoc ITonneMarket
    function credit() external view returns (address) {
        return address(CREDIT);
    }

    /// @inheritdoc ITonneMarket
    function certificates() external view returns (address) {
        return address(CERTIFICATES);
    }

    /// @inheritdoc IERC1155Receiver
    function onERC1155BatchReceived(
        address,
        address,
        uint256[] calldata,
        uint256[] calldata,
        bytes calldata
    ) external pure returns (bytes4) {
        revert OneCreditOnly();
    }

    /// @inheritdoc ITonneMarket
    function idOf(Listing calldata listing) external pure returns (bytes32) {
        return _idOf(listing);
    }

    /// @inheritdoc ITonneMarket
    function costUp(uint64 grams, uint128 pricePerTonne) external pure returns (uint256) {
        return _cost(grams, pricePerTonne);
    }

    /// @inheritdoc ITonneMarket
    function tokenOf(Currency currency) public view returns (address token) {
        if (currency == Currency.Coin) return address(0);
        token = currency == Currency.Usdc ? USDC : USDT;
        if (token == address(0)) revert CurrencyNotTaken(currency);
    }

    /// @inheritdoc IERC165
    function supportsInterface(
        bytes4 interfaceId
    ) public view override(ERC165, IERC165) returns (bool) {
        return
            interfaceId == type(IERC1155Receiver).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    /// @dev Adds grams that are here to a listing.
    function _list(Listing memory listing, uint256 grams) private returns (bytes32 listingId) {
        Terms memory terms = listing.terms;
        if (grams == 0) revert GramsZero();
        if (terms.pricePerTonne == 0) revert PriceZero();
        if (terms.minimumGrams > grams) revert MinimumAboveOffer(terms.minimumGrams, grams);
        _checkTime(terms.expiresAt);
        tokenOf(terms.currency);

        listingId = _idOf(listing);
        // In this order: Slither takes the type of a sum from what stands first.
        leftOf[listingId] = (grams + leftOf[listingId]).toUint64();

        emit Listed(listingId, listing.seller, listing.creditId, uint64(grams), terms);
    }

    /// @dev Takes grams out of a listing for a buyer.
    function _take(Listing calldata listing, uint64 grams) private returns (bytes32 listingId) {
        uint256 pausedUntil = REGISTRY.pausedUntil();
        if (block.timestamp < pausedUntil) revert SalesPaused(pausedUntil);
        _checkTime(listing.terms.expiresAt);
        if (msg.sender == listing.seller) revert OwnListing(listing.seller);
        listingId = _idOf(listing);

        uint64 left = _decrease(listingId, grams);
        uint64 minimum = listing.terms.minimumGrams;
        if (grams < minimum && left != 0) revert BelowMinimum(listingId, grams, minimum);
    }

    /// @return left What is left afterwards.
    function _decrease(bytes32 listingId, uint64 grams) private returns (uint64 left) {
        if (grams == 0) revert GramsZero();
        uint64 before = leftOf[listingId];
        if (grams > before) revert ListingShort(listingId, before, grams);
        left = before - grams;
        leftOf[listingId] = left;
    }

    /// @dev From buyer to seller. A seller who does not take coin loses nothing and stops nobody; a token
    /// that does not move to the seller stops the sale of this listing alone.
    function _pay(Listing calldata listing, uint256 cost, Permit[] calldata permits) private {
        address token = tokenOf(listing.terms.currency);
        uint256 value = token == address(0) ? cost : 0;
        if (msg.value != value) revert CoinNotExact(msg.value, value);
        if (token != address(0)) {
            Transfers.usePermit(token, permits);
            Transfers.move(token, msg.sender, listing.seller, cost);
        } else if (!Transfers.trySend(token, listing.seller, cost)) {
            owed[listing.seller] += cost;

            emit Owed(listing.seller, cost);
        }
    }

    function _checkToken(address token) private view {
        if (token != address(0) && token.code.length == 0) revert TokenWithoutCode(token);
    }

    function _checkSeller(Listing calldata listing) private view returns (bytes32) {
        if (msg.sender != listing.seller) revert NotSeller(msg.sender, listing.seller);
        return _idOf(listing);
    }

    function _checkTime(uint256 expiresAt) private view {
        if (block.timestamp >= expiresAt) revert ListingExpired(expiresAt, block.timestamp);
    }

    function _idOf(Listing memory listing) private pure returns (bytes32) {
        return keccak256(abi.encode(listing));
    }

    /// @dev No overflow: 64 and 128 bits.
    function _cost(uint256 grams, uint256 pricePerTonne) private pure returns (uint256) {
        return Math.ceilDiv(grams * pricePerTonne, GRAMS_PER_TONNE);
    }
}
