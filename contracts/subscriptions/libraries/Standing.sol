// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
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

    /// @notice The part of `funded` that is not earned at `time`, rounded down.
    ///
    /// unused = paid x left / whole - referral, with referral = paid / 10 taken out of `funded` already.
    /// That is `funded` earned evenly over all but the last tenth of the time paid for, `tail`:
    /// (paid - paid / 10) x (left - tail) / (whole - tail) = paid x left / whole - paid / 10
    /// where tail = whole / 10.
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
            // since <= time < moneyEnd; funded < 2^88 and seconds < 2^36.
            return (a.funded * (moneyEnd - time)) / (moneyEnd - since);
        }
    }
}
