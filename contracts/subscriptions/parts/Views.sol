// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {Entitlement, State, Subscription} from "../types/Subscription.sol";
import {HandOver} from "./HandOver.sol";
import {IEntitlements} from "../interfaces/IEntitlements.sol";
import {IERC5643} from "../interfaces/IERC5643.sol";
import {IPurchases} from "../interfaces/IPurchases.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Order, Quote, Renewal} from "../types/Order.sol";
import {PlanTerms} from "../types/Plan.sol";
import {Rules} from "../libraries/Rules.sol";
import {ValueOutOfRange} from "../../types/Errors.sol";

/// @title Views
/// @dev What a wallet may use, has and would pay; and all of ERC-5643.
abstract contract Views is HandOver {
    /// @inheritdoc IEntitlements
    function entitlement(address wallet) external view returns (Entitlement memory found) {
        Account memory a = _load(wallet);
        uint256 endsAt = a.endsAt(Rules.GRACE);
        bool holds = a.until != 0 && block.timestamp < endsAt;
        uint256 planId = holds ? a.planId : 0;
        PlanTerms storage terms = _planTerms[planId];
        found = Entitlement({
            state: _stateOf(a),
            planId: uint16(planId),
            tier: terms.tier,
            seats: terms.seats,
            devices: terms.devices,
            apiCallsPerDay: terms.apiCallsPerDay,
            features: terms.features,
            until: uint40(a.until),
            endsAt: a.until == 0 ? 0 : uint40(endsAt)
        });
    }

    /// @inheritdoc IEntitlements
    function subscription(address wallet) external view returns (Subscription memory found) {
        Account memory a = _load(wallet);
        found.state = _stateOf(a);
        found.planId = uint16(a.planId);
        found.yearly = a.yearly;
        found.tokenId = uint8(a.tokenId);
        found.paidTerms = uint8(a.paidTerms);
        found.since = uint40(a.since());
        found.until = uint40(a.until);
        found.funded = a.funded;
        found.unused = a.disputed ? _unusedInDispute(wallet) : _unusedDown(wallet, a);
        found.accrued = a.funded - found.unused;
        found.capCents = uint32(a.capCents);
        found.instalments = _agreements[wallet].instalments;
        found.instalmentsLeft = _agreements[wallet].left;
        found.receipts = uint16(a.receipts);
        found.mayRefer = a.known;
        found.trialUsed = a.trialUsed;
    }

    /// @inheritdoc IPurchases
    function quote(
        address subscriber,
        Order calldata order
    ) external view returns (Quote memory q) {
        Account memory a = _load(subscriber);
        State state = _stateOf(a);
        Charge memory c;
        if (state == State.Free || state == State.Ended || a.trial) {
            address referrer = _referrerOf(subscriber, a, order);
            c = _chargeFirst(subscriber, a, order, referrer != address(0));
            a.paidTerms = 0;
            a.until = block.timestamp;
        } else {
            _checkChange(subscriber, a, order.tokenId);
            c = _chargeChange(subscriber, a, order, _unusedDown(subscriber, a));
            // One less, because the term is not a new one.
            --a.paidTerms;
            a.until = Math.min(a.until, block.timestamp);
        }
        return _toQuote(c, a, order.yearly);
    }

    /// @inheritdoc IPurchases
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
        return _toQuote(c, a, a.yearly);
    }

    /// @inheritdoc IERC5643
    function renewSubscription(uint256 tokenId, uint64 duration) external payable nonReentrant {
        address subscriber = address(uint160(tokenId));
        if (msg.value != 0) revert ValueUnexpected(msg.value);
        if (duration != Rules.period(_load(subscriber).yearly)) {
            revert ValueOutOfRange("duration", int256(uint256(duration)));
        }
        _renewAndPay(subscriber);
    }

    /// @inheritdoc IERC5643
    function cancelSubscription(uint256 tokenId) external payable {
        if (msg.value != 0) revert ValueUnexpected(msg.value);
        if (tokenId != uint160(msg.sender)) revert NotSubscribed(msg.sender);
        _cancel();
    }

    /// @inheritdoc IERC5643
    function expiresAt(uint256 tokenId) external view returns (uint64) {
        return uint64(_expiresAt(_load(address(uint160(tokenId)))));
    }

    /// @inheritdoc IERC5643
    function isRenewable(uint256 tokenId) external view returns (bool) {
        Account memory a = _load(address(uint160(tokenId)));
        State state = _stateOf(a);
        bool live = state == State.Active || state == State.Grace || state == State.Trial;
        return live && a.capCents != 0 && _tokenSlots[a.tokenId].token() != address(0);
    }

    /// @dev `a` is the account before the payment, with `until` where the new time begins.
    function _toQuote(
        Charge memory c,
        Account memory a,
        bool yearly
    ) private pure returns (Quote memory q) {
        q.listUsd = c.listUsd;
        (q.discount, q.percent) = (c.discount, c.percent);
        (q.priceUsd, q.dueUsd, q.amount) = (c.priceUsd, c.dueUsd, c.amount);
        q.carried = c.carried;
        uint256 headroom = c.token.isFed() ? Math.ceilDiv(c.amount, Rules.HEADROOM_DIVISOR) : 0;
        q.sendAmount = c.amount + headroom;
        q.until = a.until + c.duration;
        if (c.plan.retired()) return q;
        (q.renewalDiscount, q.renewalPercent) = _standingDiscount(c.plan, a.paidTerms + 2, q.until);
        q.renewalUsd = _offUp(c.plan.priceUsd(yearly), q.renewalPercent);
    }
}
