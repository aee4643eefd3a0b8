// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Account, Accounting, Agreement} from "../types/Account.sol";
import {Accounts} from "./Accounts.sol";
import {Charge} from "../types/Charge.sol";
import {Checks} from "../../libraries/Checks.sol";
import {Discount} from "../types/Order.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";

/// @title Payments
/// @dev What subscribers and keepers have in common: a payment becomes a stream, receipts and events.
abstract contract Payments is Accounts {
    /// @dev Adds the next term or instalment to a settled subscription.
    function _prolong(
        address subscriber,
        Account memory a,
        Charge memory c,
        address referrer,
        uint256 bounty
    ) internal returns (uint16 receipt) {
        uint256 term = a.paidTerms + 1;
        if (c.number == c.parts && a.paidTerms < Accounting.MAX_TERMS) ++a.paidTerms;
        if (c.parts > 1) {
            _agree(subscriber, a, c);
        } else if (a.agreed) {
            // It held the referrer of a trial, which is paid now.
            delete _agreements[subscriber];
            a.agreed = false;
        }
        a.canceled = false;
        a.aheadPercent = _aheadPercent(subscriber, a, c.duration, c.amount - bounty);
        receipt = _fund(subscriber, a, c, referrer, bounty);

        emit Renewed(subscriber, uint8(a.paidTerms), uint40(a.until), a.funded);
        _emitPayment(subscriber, a, c, term);
    }

    /// @dev Makes a stream of what is unused and what is paid, and stores the account. The time begins
    /// where the paid one ended, or now.
    /// @param bounty The keeper's part, which is not streamed.
    function _fund(
        address subscriber,
        Account memory a,
        Charge memory c,
        address referrer,
        uint256 bounty
    ) internal returns (uint16) {
        uint256 since = Math.min(block.timestamp, a.until);
        a.until += c.duration;
        uint256 latest = block.timestamp + Rules.MAX_AHEAD;
        if (a.until > latest) revert PaidTooFarAhead(a.until, latest);
        a.total = a.until - since;
        a.referred = referrer != address(0);
        uint256 referral = a.referred ? c.amount / Rules.REFERRAL_DIVISOR : 0;
        a.funded += c.amount - referral - bounty;
        if (c.amount > Accounting.MAX_FUNDED || a.funded > Accounting.MAX_FUNDED) {
            revert AmountTooLarge(a.funded);
        }
        (a.trial, a.settled, a.known, a.trialUsed) = (false, false, true, true);
        if (c.amount != 0 && ++a.receipts > Accounting.MAX_RECEIPTS) {
            revert ReceiptLimitReached(subscriber);
        }
        if (c.codeHash != 0) _spendPromo(subscriber, a, c);
        _store(subscriber, a);
        return uint16(a.receipts);
    }

    /// @dev Notes how the rest of a term is paid.
    function _agree(address subscriber, Account memory a, Charge memory c) internal {
        a.agreed = true;
        // Safe unchecked casts: a price is below 2^38, parts are at most 12.
        _agreements[subscriber] = Agreement({
            referrer: address(0),
            priceUsd: uint48(c.priceUsd),
            instalments: uint8(c.parts),
            left: uint8(c.parts - c.number)
        });
    }

    /// @dev Pays the referrer a tenth of the payment, after it has arrived.
    function _payReferral(
        address subscriber,
        Account memory a,
        Charge memory c,
        address referrer
    ) internal {
        if (referrer == address(0)) return;
        uint256 referral = c.amount / Rules.REFERRAL_DIVISOR;

        emit ReferralPaid(referrer, subscriber, uint8(a.tokenId), referral);

        _deliver(a.tokenId, c.token, referrer, referral);
    }

    /// @dev The events of a payment. `term` is the paid term in a row that it is for.
    function _emitPayment(
        address subscriber,
        Account memory a,
        Charge memory c,
        uint256 term
    ) internal {
        if (c.amount != 0) {
            // What is paid in money, not with unused value.
            uint256 usd =
                c.carried == 0 ? c.dueUsd : Math.mulDiv(c.dueUsd, c.amount, c.amount + c.carried);
            emit PaymentReceived(subscriber, uint16(a.receipts), uint8(a.tokenId), c.amount, usd);
        }
        if (c.discount == Discount.Loyalty) {
            emit LoyaltyApplied(subscriber, uint8(term), uint8(c.percent), c.listUsd);
        } else if (c.discount == Discount.Season || c.discount == Discount.Welcome) {
            emit DiscountApplied(subscriber, c.discount, uint8(c.percent), c.listUsd);
        }
        if (c.parts > 1) emit InstalmentPaid(subscriber, uint8(c.number), uint8(c.parts));
        _emitUpdate(subscriber, a.until);
    }

    /// @dev What the terms ahead cost against the one that runs, once `paid` buys `duration` more. A referral
    /// is not taken off: it is paid of a first payment only, when nothing paid runs.
    function _aheadPercent(
        address subscriber,
        Account memory a,
        uint256 duration,
        uint256 paid
    ) private view returns (uint256) {
        if (a.funded == 0) return 0;
        uint256 until = a.until + duration;
        uint256 end = Standing.termEnd(until, block.timestamp, a.yearly);
        if (end == until) return 0;
        // Of other terms ahead; rounded down, so that something of `funded` runs.
        uint256 kept = end < a.until ? _unusedDown(subscriber, a, end) : 0;
        return Standing.aheadPercent(a.funded - kept, kept + paid, block.timestamp, end, until);
    }

    function _checkCap(uint256 capCents) internal pure returns (uint256) {
        return Checks.below("capCents", capCents, Accounting.MAX_CAP_CENTS);
    }
}
