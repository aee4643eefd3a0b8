// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Currency, Listing, Terms} from "../../types/Listing.sol";
import {Dedication} from "../../types/Dedication.sol";
import {HostileToken, Manner} from "../../mocks/subscriptions/HostileToken.sol";
import {ITonneCertificates} from "../../interfaces/ITonneCertificates.sol";
import {ITonneMarket} from "../../interfaces/ITonneMarket.sol";
import {Meter, Window} from "./Meter.sol";
import {Permit} from "../../subscriptions/types/Order.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {Trader} from "./Trader.sol";
import {vm} from "./Vm.sol";

/// @title MarketLife
/// @notice Whatever may happen to credits between traders, in any order: the fuzzer calls the
/// functions, the books say what has to hold. One token of the two misbehaves at times.
abstract contract MarketLife is RegistryTest {
    uint256 internal constant TRADERS = 4;
    uint256 internal constant CREDITS = 2;
    uint256 private constant KEY = 7;
    uint64 private constant SOLD_WH = 10_000_000_000;

    ITonneMarket internal market;
    ITonneCertificates internal certificates;
    HostileToken[2] internal tokens;
    address[TRADERS] internal traders;
    Listing[] internal listings;

    mapping(bytes32 listingId => uint64) internal leftGrams;
    mapping(address trader => uint256) internal owedWei;
    mapping(uint256 creditId => uint256) internal retiredGrams;
    mapping(address trader => uint256) internal certified;
    mapping(address token => mapping(address trader => int256)) internal earned;
    mapping(uint256 creditId => uint256) internal nextSerial;

    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    constructor() {
        deployRegistry();
        certificates = ITonneCertificates(_deploy("TonneCertificates", abi.encode(credit)));
        tokens = [new HostileToken(), new HostileToken()];
        market = ITonneMarket(
            _deploy("TonneMarket", abi.encode(certificates, tokens[0], tokens[1]))
        );
        for (uint256 i = 0; i < TRADERS; ++i) {
            traders[i] = address(new Trader());
            vm.deal(traders[i], 1e30);
            for (uint256 t = 0; t < 2; ++t) {
                tokens[t].mint(traders[i], 1e40);
                vm.prank(traders[i]);
                tokens[t].approve(address(market), type(uint256).max);
            }
        }
        for (uint256 i = 1; i <= CREDITS; ++i) _mintCredit(i);
    }

    /// @notice A trader lists grams, now and then on the very terms of before.
    function list(
        uint256 traderSeed,
        uint256 creditSeed,
        uint64 gramsSeed,
        uint128 priceSeed,
        uint64 minimumSeed,
        uint32 lifeSeed
    ) external {
        uint256 creditId = _creditId(creditSeed);
        address trader = _holderOf(creditId, traderSeed);
        uint256 held = credit.balanceOf(trader, creditId);
        if (held == 0) return;
        uint64 grams = uint64(bound(gramsSeed, 1, held));
        Terms memory terms = Terms({
            pricePerTonne: uint128(bound(priceSeed, 1, 1e24)),
            currency: Currency(creditSeed % 3),
            minimumGrams: uint64(bound(minimumSeed, 0, grams)),
            expiresAt: uint40(vm.getBlockTimestamp() + bound(lifeSeed, 1, 30 days))
        });
        if (traderSeed % 4 == 0 && listings.length != 0) {
            Listing memory same = listings[listings.length - 1];
            if (same.creditId != creditId || same.seller != trader) return;
            terms = same.terms;
            if (terms.minimumGrams > grams || terms.expiresAt <= vm.getBlockTimestamp()) return;
        }
        vm.prank(trader);
        credit.safeTransferFrom(trader, address(market), creditId, grams, abi.encode(terms));
        _remember(Listing(trader, creditId, terms), grams);
        ++times["list"];
    }

    function buy(uint256 listingSeed, uint256 traderSeed, uint64 gramsSeed) external {
        (Listing memory listing, address buyer, uint64 grams) = _dealOf(
            listingSeed,
            traderSeed,
            gramsSeed
        );
        if (grams == 0) return;
        uint256 cost = market.costUp(grams, listing.terms.pricePerTonne);
        bool isCoin = listing.terms.currency == Currency.Coin;
        vm.prank(buyer);
        uint256 paid = market.buy{value: isCoin ? cost : 0}(listing, grams, new Permit[](0));
        assertEq(paid, cost, "price");
        _settle(listing, buyer, grams, cost);
        ++times["buy"];
    }

    function buyAndRetire(
        uint256 listingSeed,
        uint256 traderSeed,
        uint64 gramsSeed,
        bool withCertificate
    ) external {
        (Listing memory listing, address buyer, uint64 grams) = _dealOf(
            listingSeed,
            traderSeed,
            gramsSeed
        );
        if (grams == 0) return;
        uint256 cost = market.costUp(grams, listing.terms.pricePerTonne);
        uint256 value = listing.terms.currency == Currency.Coin ? cost : 0;
        address account = traders[gramsSeed % TRADERS];
        Dedication memory dedication = dedicationOf(account);
        vm.prank(buyer);
        (, uint256 retirementId) = market.buyAndRetire{value: value}(
            listing,
            grams,
            new Permit[](0),
            dedication,
            withCertificate
        );
        _settle(listing, buyer, grams, cost);
        _noteRetired(listing.creditId, retirementId, account, grams, withCertificate);
        ++times["buyAndRetire"];
    }

    function retire(
        uint256 traderSeed,
        uint256 creditSeed,
        uint64 gramsSeed,
        bool withCertificate
    ) external {
        uint256 creditId = _creditId(creditSeed);
        address holder = _holderOf(creditId, traderSeed);
        uint256 held = credit.balanceOf(holder, creditId);
        if (held == 0) return;
        uint64 grams = uint64(bound(gramsSeed, 1, held));
        Dedication memory dedication = dedicationOf(traders[gramsSeed % TRADERS]);
        vm.prank(holder);
        uint256 id =
            withCertificate
                ? credit.retireWithCertificate(creditId, grams, dedication, certificates)
                : credit.retire(creditId, grams, dedication);
        _noteRetired(creditId, id, dedication.account, grams, withCertificate);
        ++times["retire"];
    }

    function unlist(uint256 listingSeed, uint64 gramsSeed, uint256 toSeed) external {
        (Listing memory listing, uint64 left) = _listingOf(listingSeed);
        if (left == 0) return;
        uint64 grams = uint64(bound(gramsSeed, 1, left));
        vm.prank(listing.seller);
        market.unlist(listing, grams, traders[toSeed % TRADERS]);
        leftGrams[market.idOf(listing)] -= grams;
        ++times["unlist"];
    }

    function relist(uint256 listingSeed, uint128 priceSeed) external {
        (Listing memory listing, uint64 left) = _listingOf(listingSeed);
        if (left == 0) return;
        Listing memory next = Listing(listing.seller, listing.creditId, listing.terms);
        next.terms = Terms({
            pricePerTonne: uint128(bound(priceSeed, 1, 1e24)),
            currency: listing.terms.currency,
            minimumGrams: 0,
            expiresAt: uint40(vm.getBlockTimestamp() + 1 days)
        });
        vm.prank(listing.seller);
        market.relist(listing, next.terms);
        leftGrams[market.idOf(listing)] = 0;
        _remember(next, left);
        ++times["relist"];
    }

    /// @notice Somebody who is not the seller: always refused.
    function unlistForeign(uint256 listingSeed, uint256 traderSeed) external {
        (Listing memory listing, ) = _listingOf(listingSeed);
        address trader = traders[traderSeed % TRADERS];
        if (listing.seller == address(0) || trader == listing.seller) return;
        vm.prank(trader);
        try market.unlist(listing, 1, trader) {
            assertTrue(false, "foreign");
        } catch {
            ++times["unlistForeign"];
        }
    }

    /// @notice A purchase while the token misbehaves: always refused, and nothing moves.
    function buyHostile(uint256 listingSeed, uint256 traderSeed, uint8 mannerSeed) external {
        (Listing memory listing, address buyer, uint64 grams) = _dealOf(
            listingSeed,
            traderSeed,
            type(uint64).max
        );
        if (grams == 0 || listing.terms.currency == Currency.Coin) return;
        // What takes a hundredth of less than a hundred takes nothing.
        if (market.costUp(grams, listing.terms.pricePerTonne) < 100) return;
        HostileToken token = HostileToken(market.tokenOf(listing.terms.currency));
        Manner[5] memory manners = [
            Manner.TakesFee,
            Manner.ReturnsFalse,
            Manner.Reverts,
            Manner.Shrinks,
            Manner.Shouts
        ];
        token.misbehave(manners[mannerSeed % 5]);
        vm.prank(buyer);
        try market.buy(listing, grams, new Permit[](0)) {
            assertTrue(false, "hostile");
        } catch {
            ++times["buyHostile"];
        }
        token.misbehave(Manner.Honest);
    }

    function refuseCoin(uint256 traderSeed, bool refuses) external {
        Trader(payable(traders[traderSeed % TRADERS])).refuseCoin(refuses);
    }

    function claim(uint256 traderSeed) external {
        address trader = traders[traderSeed % TRADERS];
        if (owedWei[trader] == 0) return;
        Trader(payable(trader)).refuseCoin(false);
        vm.prank(trader);
        assertEq(market.claim(trader), owedWei[trader], "claimed");
        owedWei[trader] = 0;
        ++times["claim"];
    }

    function pass(uint32 secondsSeed) external {
        vm.warp(vm.getBlockTimestamp() + bound(secondsSeed, 1, 2 days));
    }

    function _remember(Listing memory listing, uint64 grams) private {
        bytes32 id = market.idOf(listing);
        if (leftGrams[id] == 0) listings.push(listing);
        leftGrams[id] += grams;
    }

    function _settle(Listing memory listing, address buyer, uint64 grams, uint256 cost) private {
        leftGrams[market.idOf(listing)] -= grams;
        address token = market.tokenOf(listing.terms.currency);
        earned[token][buyer] -= int256(cost);
        bool isOwed = token == address(0) && Trader(payable(listing.seller)).refuses();
        if (isOwed) {
            owedWei[listing.seller] += cost;
            ++times["owed"];
        } else {
            earned[token][listing.seller] += int256(cost);
        }
    }

    function _noteRetired(
        uint256 creditId,
        uint256 retirementId,
        address account,
        uint64 grams,
        bool withCertificate
    ) private {
        assertEq(retirementId, creditId * 1e20 + nextSerial[creditId], "serials ascend");
        nextSerial[creditId] += grams;
        retiredGrams[creditId] += grams;
        assertEq(uint160(credit.retirement(retirementId).account), uint160(account), "account");
        if (!withCertificate) return;
        ++certified[account];
        assertEq(uint160(certificates.ownerOf(retirementId)), uint160(account), "certified");
    }

    /// @dev A listing that is not over, a buyer who is not its seller, and an amount that may be bought.
    function _dealOf(
        uint256 listingSeed,
        uint256 traderSeed,
        uint64 gramsSeed
    ) private view returns (Listing memory listing, address buyer, uint64 grams) {
        uint64 left;
        (listing, left) = _listingOf(listingSeed);
        if (left == 0 || listing.terms.expiresAt <= vm.getBlockTimestamp())
            return (listing, buyer, 0);
        buyer = traders[traderSeed % TRADERS];
        if (buyer == listing.seller) buyer = traders[((traderSeed % TRADERS) + 1) % TRADERS];
        uint64 minimum = listing.terms.minimumGrams > left ? left : listing.terms.minimumGrams;
        grams = uint64(bound(gramsSeed, minimum == 0 ? 1 : minimum, left));
    }

    function _listingOf(uint256 seed) private view returns (Listing memory listing, uint64 left) {
        for (uint256 i = 0; i < listings.length; ++i) {
            listing = listings[addmod(seed, i, listings.length)];
            left = leftGrams[market.idOf(listing)];
            if (left != 0) return (listing, left);
        }
    }

    function _holderOf(uint256 creditId, uint256 seed) private view returns (address holder) {
        for (uint256 i = 0; i < TRADERS; ++i) {
            holder = traders[addmod(seed, i, TRADERS)];
            if (credit.balanceOf(holder, creditId) != 0) return holder;
        }
    }

    function _creditId(uint256 seed) private pure returns (uint256) {
        return (1 + (seed % CREDITS)) * 10_000 + 2026;
    }

    /// @dev A plant of its own that measured much, whose credits go to the first trader.
    function _mintCredit(uint256 number) private {
        uint64 since = NOON - 100 days;
        uint32 projectId = createPlant(type(uint32).max);
        uint256 key = KEY + number;
        createDevice(key, projectId, type(uint32).max, since, 0, 0);
        Window memory window;
        window.sequence = 1;
        window.openedAt = since;
        window.closedAt = NOON;
        window.exportWh = SOLD_WH;
        window.domain = registry.domain();
        bytes memory closing = Meter.closingOf(key, window);
        vm.prank(SUBMITTER);
        uint64 batchId = registry.submit(
            submissionOf(projectId, 0, uint40(since), uint40(NOON)),
            closing
        );
        vm.prank(OWNER);
        registry.mint(batchId);
        uint256 creditId = uint256(projectId) * 10_000 + 2026;
        uint256 grams = credit.balanceOf(OWNER, creditId);
        vm.prank(OWNER);
        credit.safeTransferFrom(OWNER, traders[number % TRADERS], creditId, grams, "");
    }
}
