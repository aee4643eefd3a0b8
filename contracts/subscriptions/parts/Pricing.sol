// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Account, Agreement} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {Discount, Order, Promo} from "../types/Order.sol";
import {IFeeds} from "../interfaces/IFeeds.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {Promos} from "./Promos.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";
import {TokenSlot} from "../types/TokenSlot.sol";
import {TokenStatus} from "../types/Token.sol";

/// @title Pricing
/// @dev What a payment costs and why. Quotes and payments are the same computation.
abstract contract Pricing is Promos {
    uint256 private constant USD_UNIT = 1e6;

    /// @dev The first payment of a subscription.
    function _chargeFirst(
        address subscriber,
        Account memory a,
        Order calldata order,
        bool welcome
    ) internal view returns (Charge memory c) {
        c.token = _getAccepted(order.tokenId);
        (c.plan, c.listUsd) = _getSold(order.planId, order.yearly);
        c.parts = _partsOf(order);
        _discount(c, 1, welcome);
        _tryPromo(c, subscriber, a, order.planId, order.promos);
        _finish(c, 1, order.yearly, order.tokenId);
    }

    /// @dev The next term or instalment of a subscription.
    function _chargeNext(
        address subscriber,
        Account memory a,
        uint256 tokenId,
        bool welcome,
        Promo[] calldata promos
    ) internal view returns (Charge memory c) {
        c.token = _getAccepted(tokenId);
        c.parts = 1;
        uint256 number = 1;
        if (a.agreed) {
            Agreement memory agreement = _agreementOf(subscriber);
            if (agreement.instalments > 1) c.parts = agreement.instalments;
            if (agreement.left != 0) {
                number = c.parts - agreement.left + 1;
                (c.listUsd, c.priceUsd) = (agreement.priceUsd, agreement.priceUsd);
            }
        }
        if (number == 1) {
            (c.plan, c.listUsd) = _getSold(a.planId, a.yearly);
            _discount(c, Standing.begunTerms(a, block.timestamp) + 1, welcome);
            _tryPromo(c, subscriber, a, a.planId, promos);
        }
        _finish(c, number, a.yearly, tokenId);
    }

    /// @dev A term of another plan that `unused` pays for first. It counts as the current paid term, so
    /// that changing back and forth earns no loyalty; `a.paidTerms` are those that have begun.
    function _chargeChange(
        address subscriber,
        Account memory a,
        Order calldata order,
        uint256 unused
    ) internal view returns (Charge memory c) {
        if (order.instalments > 1) revert InstalmentsInvalid(order.instalments, 1);
        c.token = _getAccepted(order.tokenId);
        (c.plan, c.listUsd) = _getSold(order.planId, order.yearly);
        c.parts = 1;
        _discount(c, a.paidTerms, false);
        _tryPromo(c, subscriber, a, order.planId, order.promos);
        _finish(c, 1, order.yearly, order.tokenId);
        c.carried = unused;
        if (unused < c.amount) {
            c.amount -= unused;
        } else {
            c.duration = (c.duration * unused) / c.amount;
            c.amount = 0;
        }
    }

    /// @dev A promo code is looked at only where it is the highest discount: otherwise it is not spent.
    function _tryPromo(
        Charge memory c,
        address subscriber,
        Account memory a,
        uint256 planId,
        Promo[] calldata promos
    ) private view {
        if (promos.length == 0 || promos[0].percent <= c.percent) return;
        c.codeHash = _checkPromo(promos[0], subscriber, a, planId, c.plan.promoSigner());
        (c.discount, c.percent) = (Discount.Promo, promos[0].percent);
    }

    /// @dev The plan and the price of one of its terms, if that is sold.
    function _getSold(
        uint256 planId,
        bool yearly
    ) internal view returns (PlanSlot slot, uint256 listUsd) {
        slot = _planSlot(planId);
        listUsd = slot.priceUsd(yearly);
        if (listUsd == 0) revert PlanUnknown(uint16(planId), yearly);
        if (slot.retired()) revert PlanNotForSale(uint16(planId));
    }

    /// @dev Reverts unless the token is taken as payment now.
    function _getAccepted(uint256 tokenId) internal view returns (TokenSlot slot) {
        slot = _tokenSlot(tokenId);
        TokenStatus status = slot.status();
        if (status == TokenStatus.Accepted) return slot;
        if (status == TokenStatus.None) revert IFeeds.TokenUnknown(uint8(tokenId));
        revert IFeeds.TokenNotAccepted(uint8(tokenId), status);
    }

    function _partsOf(Order calldata order) internal view returns (uint256 parts) {
        parts = order.instalments;
        if (parts < 2) return 1;
        uint256 maximum = _maxInstalments(order.planId);
        if (parts > maximum) revert InstalmentsInvalid(parts, maximum);
    }

    function _discount(Charge memory c, uint256 term, bool welcome) private view {
        (c.discount, c.percent) = Rules.standingDiscount(c.plan, term, block.timestamp);
        if (!welcome) return;
        uint256 percent = c.plan.welcomePercent();
        if (percent > c.percent) (c.discount, c.percent) = (Discount.Welcome, percent);
    }

    /// @dev Instalment `number` of the term: its part of the price and of the time, and what that is in
    /// the token. The price of an instalment that was agreed stands already.
    function _finish(Charge memory c, uint256 number, bool yearly, uint256 tokenId) private view {
        if (number == 1) c.priceUsd = Rules.offUp(c.listUsd, c.percent);
        c.number = number;
        c.dueUsd = Rules.part(c.priceUsd, number, c.parts);
        c.duration = Rules.part(Rules.period(yearly), number, c.parts);
        c.amount =
            c.token.isFed()
                ? _fedUp(tokenId, c.dueUsd)
                : Math.ceilDiv(c.dueUsd * 10 ** c.token.decimals(), USD_UNIT);
    }
}
