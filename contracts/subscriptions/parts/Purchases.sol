// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account, Agreement} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {Order, Permit, Promo, Renewal} from "../types/Order.sol";
import {IPurchases} from "../interfaces/IPurchases.sol";
import {Payments} from "./Payments.sol";
import {Standing} from "../libraries/Standing.sol";

/// @title Purchases
/// @dev What subscribers do to have and keep a subscription.
abstract contract Purchases is Payments {
    /// @inheritdoc IPurchases
    function subscribe(
        Order calldata order
    ) external payable nonReentrant returns (uint16 receipt) {
        _checkExtras(order.promos, order.permits);
        Account memory a = _load(msg.sender);
        _checkFree(msg.sender, a, true);
        address referrer = _referrerOf(msg.sender, a, order);
        Charge memory c = _chargeFirst(msg.sender, a, order, referrer != address(0));
        _checkMaximum(c, order.maxAmount);

        _begin(msg.sender, a, order);
        a.paidTerms = c.parts == 1 ? 1 : 0;
        if (c.parts > 1) _agree(msg.sender, a, c);
        receipt = _fund(msg.sender, a, c, referrer, 0);

        emit Subscribed(
            msg.sender,
            order.planId,
            order.yearly,
            order.tokenId,
            uint8(c.parts),
            order.capCents,
            uint40(a.until),
            a.funded
        );
        _emitPayment(msg.sender, a, c, 1);

        _permit(c.token, order.permits);
        _pull(c.token, msg.sender, c.amount);
        _payReferral(msg.sender, a, c, referrer);
    }

    /// @inheritdoc IPurchases
    function startTrial(Order calldata order) external {
        Account memory a = _load(msg.sender);
        _checkFree(msg.sender, a, false);
        if (a.trialUsed) revert TrialUsed(msg.sender);
        (uint256 trialDays, ) = _limitsOf(order.planId);
        if (trialDays == 0) revert TrialNotOffered(order.planId);
        _getSold(order.planId, order.yearly);
        _getAccepted(order.tokenId);
        uint256 parts = _partsOf(order);
        address referrer = _referrerOf(msg.sender, a, order);

        _begin(msg.sender, a, order);
        (a.trial, a.trialUsed) = (true, true);
        a.total = trialDays * 1 days;
        a.until += a.total;
        if (parts > 1 || referrer != address(0)) {
            a.agreed = true;
            _agreements[msg.sender] = Agreement(referrer, 0, uint8(parts), 0);
        }
        _store(msg.sender, a);

        emit TrialStarted(
            msg.sender,
            order.planId,
            order.yearly,
            order.tokenId,
            uint8(parts),
            order.capCents,
            uint40(a.until),
            referrer
        );
        _emitUpdate(msg.sender, a.until);
    }

    /// @inheritdoc IPurchases
    function renew(
        Renewal calldata renewal
    ) external payable nonReentrant returns (uint16 receipt) {
        _checkExtras(renewal.promos, renewal.permits);
        Account memory a = _load(msg.sender);
        _checkLive(msg.sender, a);
        _checkToken(a, renewal.tokenId);
        address referrer = _keptReferrer(msg.sender, a);
        Charge memory c = _chargeNext(
            msg.sender,
            a,
            renewal.tokenId,
            referrer != address(0),
            renewal.promos
        );
        _checkMaximum(c, renewal.maxAmount);

        _settle(msg.sender, a);
        a.tokenId = renewal.tokenId;
        receipt = _prolong(msg.sender, a, c, referrer, 0);

        _permit(c.token, renewal.permits);
        _pull(c.token, msg.sender, c.amount);
        _payReferral(msg.sender, a, c, referrer);
    }

    /// @inheritdoc IPurchases
    function changePlan(
        Order calldata order
    ) external payable nonReentrant returns (uint16 receipt) {
        _checkExtras(order.promos, order.permits);
        Account memory a = _load(msg.sender);
        _checkChange(msg.sender, a, order.tokenId);
        a.paidTerms = Standing.begunTerms(a, block.timestamp);
        Charge memory c = _chargeChange(msg.sender, a, order, _unusedDown(msg.sender, a));
        _checkMaximum(c, order.maxAmount);

        bool settled = c.amount == 0 && Standing.isSettled(a, block.timestamp);
        _settle(msg.sender, a);
        if (a.agreed) delete _agreements[msg.sender];
        (a.agreed, a.aheadPercent) = (false, 0);
        if (a.until > block.timestamp) a.until = block.timestamp;
        (a.planId, a.yearly, a.tokenId) = (order.planId, order.yearly, order.tokenId);
        a.capCents = _checkCap(order.capCents);
        receipt = _fund(msg.sender, a, c, address(0), 0);
        if (settled) {
            a.settled = true;
            _store(msg.sender, a);
        }

        emit PlanChanged(
            msg.sender,
            order.planId,
            order.yearly,
            order.tokenId,
            order.capCents,
            uint8(a.paidTerms),
            uint40(a.until),
            a.funded,
            c.carried
        );
        _emitPayment(msg.sender, a, c, a.paidTerms);

        _permit(c.token, order.permits);
        _pull(c.token, msg.sender, c.amount);
    }

    /// @inheritdoc IPurchases
    function registerReferrer() external {
        Account memory a = _load(msg.sender);
        a.known = true;
        _store(msg.sender, a);

        emit ReferrerRegistered(msg.sender);
    }

    /// @dev Fills a new subscription in, which begins now.
    function _begin(address subscriber, Account memory a, Order calldata order) private {
        if (a.until != 0) _close(subscriber, a);
        a.until = block.timestamp;
        (a.planId, a.yearly, a.tokenId) = (order.planId, order.yearly, order.tokenId);
        a.capCents = _checkCap(order.capCents);
    }

    function _checkMaximum(Charge memory c, uint256 maximum) private pure {
        if (c.amount > maximum) revert PriceAboveMaximum(c.amount, maximum);
    }

    function _checkExtras(Promo[] calldata promos, Permit[] calldata permits) private pure {
        if (promos.length > 1 || permits.length > 1) {
            revert TooManyExtras(promos.length, permits.length);
        }
    }
}
