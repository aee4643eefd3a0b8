// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account, Accounting} from "../../subscriptions/types/Account.sol";
import {Assertions} from "../support/Assertions.sol";
import {Discount} from "../../subscriptions/types/Order.sol";
import {Offers} from "../../subscriptions/types/Plan.sol";
import {PlanSlot} from "../../subscriptions/types/PlanSlot.sol";
import {Rules} from "../../subscriptions/libraries/Rules.sol";
import {Standing} from "../../subscriptions/libraries/Standing.sol";
import {State} from "../../subscriptions/types/Subscription.sol";
import {TokenDraft, TokenStatus} from "../../subscriptions/types/Token.sol";
import {FeedSlot, FeedSlots, TokenSlot, TokenSlots} from "../../subscriptions/types/TokenSlot.sol";

contract FormulasTest is Assertions {
    /// @notice An account comes back from its slot as it went in.
    function testFuzz_AccountPacksAndUnpacks(uint256 slot) external pure {
        assertEq(Accounting.unpack(slot).pack(), slot, "slot");
    }

    /// @notice No field of an account reaches into another.
    function testFuzz_AccountFieldsAreApart(uint256 slot, uint256 seed) external pure {
        Account memory a = Accounting.unpack(slot);
        a.funded = seed & Accounting.MAX_FUNDED;
        a.capCents = seed & Accounting.MAX_CAP_CENTS;
        a.promoTag = seed & Accounting.MAX_TAG;
        a.aheadPercent = seed & Accounting.MAX_AHEAD_PERCENT;
        a.canceled = seed % 2 == 0;
        Account memory b = Accounting.unpack(a.pack());
        assertTrue(keccak256(abi.encode(a)) == keccak256(abi.encode(b)), "account");
    }

    function testFuzz_PlanSlot(uint40 monthly, uint40 yearly, Offers calldata seed) external view {
        this.checkPlanSlot(
            monthly % (1 << 38),
            yearly % (1 << 38),
            Offers({
                promoSigner: seed.promoSigner,
                seasonMonths: seed.seasonMonths & 0xfff,
                seasonPercent: (seed.seasonPercent % 8) * 10,
                welcomePercent: seed.welcomePercent % 16
            })
        );
    }

    function checkPlanSlot(uint256 monthly, uint256 yearly, Offers calldata offers) external pure {
        PlanSlot slot = PlanSlot.wrap(0).withPrices(1, 2).withOffers(offers).withPrices(
            monthly,
            yearly
        );
        assertEq(slot.priceUsd(false), monthly, "monthly");
        assertEq(slot.priceUsd(true), yearly, "yearly");
        assertTrue(keccak256(abi.encode(slot.offers())) == keccak256(abi.encode(offers)), "offers");
        assertTrue(!slot.retired(), "sold");
        slot = slot.asRetired();
        assertTrue(slot.retired(), "retired");
        assertEq(slot.priceUsd(true), yearly, "yearly of a retired plan");
        assertEq(slot.withOffers(offers).priceUsd(false), monthly, "monthly with other offers");
    }

    function testFuzz_TokenSlot(
        TokenDraft calldata draft,
        uint256 decimals,
        uint8 feedDecimals,
        uint256 earned
    ) external pure {
        decimals %= 19;
        earned &= TokenSlots.MAX_EARNED;
        TokenSlot slot = TokenSlots.accepted(draft, decimals).withEarned(earned);
        assertTrue(slot.status() == TokenStatus.Accepted, "accepted");
        slot = slot.withStatus(TokenStatus.Retired);
        assertTrue(slot.status() == TokenStatus.Retired, "retired");
        assertTrue(slot.token() == draft.token, "token");
        assertEq(slot.earned(), earned, "earned");
        assertEq(slot.decimals(), decimals, "decimals");
        assertEq(slot.bountyPercentE2(), draft.bountyPercentE2, "bounty");
        assertTrue(slot.isFed() == (draft.feed != address(0)), "fed");
        FeedSlot feed = FeedSlots.from(draft, feedDecimals);
        assertTrue(feed.feed() == draft.feed, "feed");
        assertEq(feed.maxAge(), draft.maxAge, "age");
        assertEq(feed.decimals(), feedDecimals, "feed decimals");
        assertEq(feed.minPriceE4(), draft.minPriceE4, "minimum");
        assertEq(feed.maxPriceE4(), draft.maxPriceE4, "maximum");
    }

    /// @notice All instalments add up to the whole, and none differs from another by more than one.
    function testFuzz_PartsAreTheWhole(uint40 whole, uint8 partsSeed) external pure {
        uint256 parts = bound(partsSeed, 1, 12);
        uint256 sum = 0;
        for (uint256 number = 1; number <= parts; ++number) {
            uint256 share = Rules.part(whole, number, parts);
            assertTrue(share >= whole / parts && share <= whole / parts + 1, "even");
            sum += share;
        }
        assertEq(sum, whole, "whole");
    }

    /// @notice The discount is the highest of those that hold, and the season's of two equal ones.
    function testFuzz_HighestDiscount(uint256 term, uint40 time, uint8 seasonSeed) external view {
        this.checkDiscount(
            bound(term, 1, 20),
            time,
            Offers({
                promoSigner: address(0),
                seasonMonths: 0xfff,
                seasonPercent: uint8(seasonSeed % 8) * 10,
                welcomePercent: 0
            })
        );
    }

    function checkDiscount(uint256 term, uint256 time, Offers calldata offers) external pure {
        PlanSlot slot = PlanSlot.wrap(0).withOffers(offers);
        (Discount discount, uint256 percent) = Rules.standingDiscount(slot, term, time);
        uint256 loyalty =
            term >= 8
                ? 25
                : term >= 4
                    ? 20
                    : term >= 2
                        ? 15
                        : 0;
        uint256 season = offers.seasonPercent;
        assertEq(percent, season > loyalty ? season : loyalty, "highest");
        if (percent == 0) assertTrue(discount == Discount.None, "none");
        else if (season >= loyalty) assertTrue(discount == Discount.Season, "season");
        else assertTrue(discount == Discount.Loyalty, "loyalty");
    }

    /// @notice A price with a discount is rounded up, by less than one.
    function testFuzz_OffUp(uint40 list, uint8 percentSeed) external pure {
        uint256 percent = percentSeed % 101;
        uint256 price = Rules.offUp(list, percent);
        uint256 exactE2 = uint256(list) * (100 - percent);
        assertTrue(price * 100 >= exactE2 && price * 100 < exactE2 + 100, "rounded up");
    }

    /// @notice Unused falls evenly from all to nothing, and never below paid x left / whole - referral.
    function testFuzz_UnusedFallsEvenly(
        uint88 paid,
        uint40 sinceSeed,
        uint32 elapsedSeed,
        bool yearly,
        bool referred
    ) external pure {
        Account memory a;
        uint256 total = Rules.period(yearly);
        uint256 since = bound(sinceSeed, 1, 1 << 35);
        uint256 elapsed = bound(elapsedSeed, 0, total + 1);
        (a.until, a.total, a.yearly, a.referred) = (since + total, total, yearly, referred);
        uint256 referral = referred ? uint256(paid) / 10 : 0;
        a.funded = paid - referral;

        uint256 unused = Standing.unusedDown(a, 0, since + elapsed);
        uint256 gross = elapsed >= total ? 0 : (uint256(paid) * (total - elapsed)) / total;
        uint256 expected = gross > referral ? gross - referral : 0;
        // A unit, where the tenth was rounded as well.
        assertTrue(unused <= expected + 1 && unused + 1 >= expected, "formula");
        if (elapsed != 0) {
            assertTrue(unused <= Standing.unusedDown(a, 0, since + elapsed - 1), "falls");
        }
    }

    /// @notice What runs is earned at its own price, to the percent, and the terms ahead at theirs.
    function testFuzz_TermsAheadKeepTheirPrice(
        uint80 price,
        uint8 aheadPriceSeed,
        uint32 leftSeed,
        uint8 termsSeed,
        uint40 elapsedSeed
    ) external pure {
        Account memory a;
        uint256 left = bound(leftSeed, 1, Rules.MONTH);
        uint256 terms = bound(termsSeed, 1, 120);
        uint256 runs = bound(price, 1e4, 1 << 80) * left;
        uint256 ahead =
            (((runs * Rules.MONTH) / left) * terms * bound(aheadPriceSeed, 50, 200)) / 100;
        (uint256 since, uint256 end) = (1e9, 1e9 + left);
        (a.until, a.total) = (end + terms * Rules.MONTH, left + terms * Rules.MONTH);
        a.funded = runs + ahead;
        assertEq(Standing.termEnd(a.until, since, false), end, "end");
        a.aheadPercent = Standing.aheadPercent(runs, ahead, since, end, a.until);

        uint256 kept = Standing.unusedDown(a, 0, end);
        uint256 off = kept > ahead ? kept - ahead : ahead - kept;
        assertTrue(off * a.aheadPercent <= runs + 2 * a.aheadPercent, "kept");
        assertEq(Standing.unusedDown(a, 0, since), a.funded, "all");
        uint256 time = bound(elapsedSeed, since + 1, a.until);
        assertTrue(Standing.unusedDown(a, 0, time) <= Standing.unusedDown(a, 0, time - 1), "falls");
    }

    /// @notice Canceled money stops to be earned when the grace ends.
    function testFuzz_CanceledStopsAtGrace(uint88 funded, uint32 left, uint40 later) external pure {
        Account memory a;
        uint256 total = bound(left, 1, Rules.YEAR);
        (a.funded, a.total, a.until, a.canceled) = (funded, total, 1e9 + total, true);
        uint256 end = 1e9 + Rules.GRACE;
        uint256 time = bound(later, end, 1 << 38);
        assertEq(Standing.unusedDown(a, 0, time), Standing.unusedDown(a, 0, end), "stands still");
        assertTrue(Standing.state(a, end - 1) == State.Canceled, "grace");
        assertTrue(Standing.state(a, end) == State.Ended, "ended");
    }
}
