// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Account, Accounting, Agreement} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {Entitlement, State, Subscription} from "../types/Subscription.sol";
import {IQuotes} from "../interfaces/IQuotes.sol";
import {Order, Quote, Renewal} from "../types/Order.sol";
import {PaymentTokens} from "./PaymentTokens.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {PlanTerms} from "../types/Plan.sol";
import {Pricing} from "./Pricing.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";
import {TokenSlot} from "../types/TokenSlot.sol";

/// @title Quotes
/// @dev Reads of the other contract what it charges from, and computes with the same code.
abstract contract Quotes is PaymentTokens, Pricing {
    /// @inheritdoc IQuotes
    function quote(address subscriber, Order calldata order) external view returns (Quote memory) {
        Account memory a = _load(subscriber);
        State state = Standing.state(a, block.timestamp);
        Charge memory c;
        uint256 renewalTerm;
        if (state == State.Free || state == State.Ended || a.trial) {
            _checkFree(subscriber, a, true);
            address referrer = _referrerOf(subscriber, a, order);
            c = _chargeFirst(subscriber, a, order, referrer != address(0));
            (renewalTerm, a.until) = (2, block.timestamp);
        } else {
            _checkChange(subscriber, a, order.tokenId);
            a.paidTerms = Standing.begunTerms(a, block.timestamp);
            c = _chargeChange(subscriber, a, order, _unusedDown(subscriber, a));
            // A change of plan is no new term.
            (renewalTerm, a.until) = (a.paidTerms + 1, Math.min(a.until, block.timestamp));
        }
        return _toQuote(c, a.until, order.yearly, renewalTerm);
    }

    /// @inheritdoc IQuotes
    function quoteRenewal(
        address subscriber,
        Renewal calldata renewal
    ) external view returns (Quote memory) {
        Account memory a = _load(subscriber);
        _checkLive(subscriber, a);
        _checkToken(a, renewal.tokenId);
        bool welcome = _keptReferrer(subscriber, a) != address(0);
        Charge memory c = _chargeNext(subscriber, a, renewal.tokenId, welcome, renewal.promos);
        c.plan = _planSlots[a.planId];
        return _toQuote(c, a.until, a.yearly, a.paidTerms + 2);
    }

    /// @inheritdoc IQuotes
    function entitlement(address wallet) external view returns (Entitlement memory found) {
        (found.state, found.planId, found.until, found.endsAt) = SUBSCRIPTIONS.standing(wallet);
        PlanTerms storage terms = _planTerms[found.planId];
        found.tier = terms.tier;
        found.seats = terms.seats;
        found.devices = terms.devices;
        found.apiCallsPerDay = terms.apiCallsPerDay;
        found.features = terms.features;
    }

    /// @inheritdoc IQuotes
    function subscription(address wallet) external view returns (Subscription memory found) {
        Account memory a = _load(wallet);
        Agreement memory agreement = _agreementOf(wallet);
        found.state = Standing.state(a, block.timestamp);
        found.planId = uint16(a.planId);
        found.yearly = a.yearly;
        found.tokenId = uint8(a.tokenId);
        found.paidTerms = uint8(a.paidTerms);
        found.since = uint40(a.since());
        found.until = uint40(a.until);
        found.funded = a.funded;
        found.unused = a.disputed ? SUBSCRIPTIONS.disputeOf(wallet).unused : _unusedDown(wallet, a);
        found.accrued = a.funded - found.unused;
        found.capCents = uint32(a.capCents);
        found.instalments = agreement.instalments;
        found.instalmentsLeft = agreement.left;
        found.receipts = uint16(a.receipts);
        found.mayRefer = a.known;
        found.trialUsed = a.trialUsed;
    }

    function _load(address wallet) internal view override returns (Account memory) {
        (uint256 slot, ) = SUBSCRIPTIONS.accountOf(wallet);
        return Accounting.unpack(slot);
    }

    function _agreementOf(
        address wallet
    ) internal view override returns (Agreement memory agreement) {
        (, agreement) = SUBSCRIPTIONS.accountOf(wallet);
    }

    function _planSlot(uint256 planId) internal view override returns (PlanSlot) {
        return _planSlots[planId];
    }

    function _tokenSlot(uint256 tokenId) internal view override returns (TokenSlot) {
        return _tokenSlots[tokenId];
    }

    function _maxInstalments(uint256 planId) internal view override returns (uint256) {
        return _planTerms[planId].maxInstalments;
    }

    function _fedUp(uint256 tokenId, uint256 usd) internal view override returns (uint256) {
        return toTokenUp(uint8(tokenId), usd);
    }

    function _promoUses(
        bytes32 codeHash,
        address wallet,
        Account memory
    ) internal view override returns (uint256 total, uint256 byWallet) {
        return SUBSCRIPTIONS.promoUses(codeHash, wallet);
    }

    function _promoDomain() internal view override returns (bytes32) {
        return SUBSCRIPTIONS.promoDomain();
    }

    /// @param begin Where the new time begins, Unix seconds.
    /// @param renewalTerm The paid term in a row that the renewal after this payment would be.
    function _toQuote(
        Charge memory c,
        uint256 begin,
        bool yearly,
        uint256 renewalTerm
    ) private pure returns (Quote memory q) {
        q.listUsd = c.listUsd;
        (q.discount, q.percent) = (c.discount, c.percent);
        (q.priceUsd, q.dueUsd, q.amount) = (c.priceUsd, c.dueUsd, c.amount);
        q.carried = c.carried;
        uint256 headroom = c.token.isFed() ? Math.ceilDiv(c.amount, Rules.HEADROOM_DIVISOR) : 0;
        q.sendAmount = c.amount + headroom;
        q.until = begin + c.duration;
        if (c.plan.retired()) return q;
        (q.renewalDiscount, q.renewalPercent) = Rules.standingDiscount(
            c.plan,
            renewalTerm,
            q.until
        );
        q.renewalUsd = Rules.offUp(c.plan.priceUsd(yearly), q.renewalPercent);
    }
}
