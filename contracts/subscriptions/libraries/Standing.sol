// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account, Accounting} from "../types/Account.sol";
import {Rules} from "./Rules.sol";
import {State} from "../types/Subscription.sol";

/// @title Standing
/// @notice How far a subscription is, and what of its money is earned.
library Standing {
    function state(Account memory a, uint256 time) internal pure returns (State) {
        if (a.until == 0) return State.Free;
        if (a.disputed) return State.Disputed;
        if (time >= endsAt(a)) return State.Ended;
        if (a.canceled) return State.Canceled;
        if (time >= a.until) return State.Grace;
        return a.trial ? State.Trial : State.Active;
    }

    /// @notice The rights end then unless something happens.
    function endsAt(Account memory a) internal pure returns (uint256) {
        return (a.canceled ? a.since() : a.until) + Rules.GRACE;
    }

    /// @notice Paid until then; when canceled, at most the end of its grace.
    function expiresAt(Account memory a) internal pure returns (uint256) {
        uint256 end = a.since() + Rules.GRACE;
        return a.canceled && end < a.until ? end : a.until;
    }

    /// @notice Whether the time for disputes is over, so that earned money may leave.
    function isSettled(Account memory a, uint256 time) internal pure returns (bool) {
        return a.settled || time >= a.since() + Rules.DISPUTE_WINDOW;
    }

    /// @notice Paid terms in a row without those that begin after `time`, for what their money buys instead
    /// is no loyalty. At least one where one was paid.
    ///
    /// Never too many: the terms ahead are whole and all of this period, so `until` is at least that far.
    /// Too few where more is paid for than is counted, or where unused value made a term longer.
    function begunTerms(Account memory a, uint256 time) internal pure returns (uint256) {
        if (a.paidTerms < 2 || time >= a.until) return a.paidTerms;
        uint256 ahead = (a.until - time - 1) / Rules.period(a.yearly);
        return ahead < a.paidTerms ? a.paidTerms - ahead : 1;
    }

    /// @notice The end of the term that runs at `time`, which is before `until`: whole terms lie between.
    function termEnd(uint256 until, uint256 time, bool yearly) internal pure returns (uint256) {
        uint256 period = Rules.period(yearly);
        unchecked {
            // time < until, and no more is taken off than lies between.
            return until - ((until - time - 1) / period) * period;
        }
    }

    /// @notice {Account-aheadPercent} of a stream that begins at `since`, to the nearest percent.
    /// @param runs Money of the term that runs, which ends at `end`; not 0.
    /// @param ahead Money of the terms from there to `until`, which is later.
    function aheadPercent(
        uint256 runs,
        uint256 ahead,
        uint256 since,
        uint256 end,
        uint256 until
    ) internal pure returns (uint256 percent) {
        unchecked {
            // since < end < until; money < 2^88 and seconds < 2^33.
            uint256 whole = runs * (until - end);
            percent = (100 * ahead * (end - since) + whole / 2) / whole;
        }
        if (percent > Accounting.MAX_AHEAD_PERCENT) return Accounting.MAX_AHEAD_PERCENT;
        return percent == 0 ? 1 : percent;
    }

    /// @notice The part of `funded` that is not earned at `time`, rounded down.
    ///
    /// unused = paid x left / whole - referral, with referral = paid / 10 taken out of `funded` already.
    /// That is `funded` earned evenly over all but the last tenth of the time paid for, `tail`:
    /// (paid - paid / 10) x (left - tail) / (whole - tail) = paid x left / whole - paid / 10
    /// where tail = whole / 10.
    ///
    /// Where the terms ahead cost less than the one that runs, or more, a second of them weighs
    /// `aheadPercent` of a second of that one: what runs is earned at its own price, and what has not begun
    /// is returned at what was paid for it. A stream of a first payment has no terms ahead.
    /// @param parts Instalments of the term; 0 and 1 are the whole.
    function unusedDown(
        Account memory a,
        uint256 parts,
        uint256 time
    ) internal pure returns (uint256) {
        uint256 since = a.since();
        if (a.canceled && time > since + Rules.GRACE) time = since + Rules.GRACE;
        uint256 moneyEnd = a.until;
        if (a.referred) {
            moneyEnd -=
                Rules.period(a.yearly) / (Rules.REFERRAL_DIVISOR * (parts == 0 ? 1 : parts));
        }
        if (time >= moneyEnd) return 0;
        unchecked {
            // since <= time < moneyEnd; funded < 2^88, seconds < 2^33 and percents < 2^8.
            if (a.aheadPercent == 0) return (a.funded * (moneyEnd - time)) / (moneyEnd - since);
            uint256 end = termEnd(moneyEnd, since, a.yearly);
            uint256 ahead = (moneyEnd - end) * a.aheadPercent;
            uint256 left =
                time < end ? (end - time) * 100 + ahead : (moneyEnd - time) * a.aheadPercent;
            return (a.funded * left) / ((end - since) * 100 + ahead);
        }
    }
}
