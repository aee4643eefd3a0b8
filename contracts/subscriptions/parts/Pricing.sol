// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Account, Accounting, Agreement} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {Discount, Order, Promo} from "../types/Order.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {Promos} from "./Promos.sol";
import {Rules} from "../libraries/Rules.sol";
import {UtcMonth} from "../libraries/UtcMonth.sol";

/// @title Pricing
/// @dev What a payment costs and why. Quotes and payments are the same computation.
abstract contract Pricing is Promos {
    /// @dev The first payment of a subscription.
    function _chargeFirst(
        address subscriber,
        Account memory a,
        Order calldata order,
        bool welcome
    ) internal view returns (Charge memory c) {
        (c.plan, c.listUsd) = _getSold(order.planId, order.yearly);
        c.parts = _partsOf(order);
        c.token = _getAccepted(order.tokenId);
        _discount(c, 1, welcome);
        _tryPromo(c, subscriber, a, order.planId, order.promos);
        _split(c, 1, order.yearly);
        c.amount = _toTokenUp(order.tokenId, c.token, c.dueUsd);
    }

    /// @dev The next term or instalment of a subscription.
    function _chargeNext(
        address subscriber,
        Account memory a,
        uint256 tokenId,
        bool welcome,
        Promo[] calldata promos
    ) internal view returns (Charge memory c) {
        c.parts = 1;
        c.token = _getAccepted(tokenId);
        if (a.agreed) {
            Agreement memory agreement = _agreements[subscriber];
            if (agreement.instalments > 1) c.parts = agreement.instalments;
            if (agreement.left != 0) {
                c.priceUsd = agreement.priceUsd;
                c.listUsd = c.priceUsd;
                _split(c, c.parts - agreement.left + 1, a.yearly);
                c.amount = _toTokenUp(tokenId, c.token, c.dueUsd);
                return c;
            }
        }
        (c.plan, c.listUsd) = _getSold(a.planId, a.yearly);
        _discount(c, a.paidTerms + 1, welcome);
        _tryPromo(c, subscriber, a, a.planId, promos);
        _split(c, 1, a.yearly);
        c.amount = _toTokenUp(tokenId, c.token, c.dueUsd);
    }

    /// @dev A term of another plan that `unused` pays for first. It counts as the current paid term, so
    /// that changing back and forth earns no loyalty.
    function _chargeChange(
        address subscriber,
        Account memory a,
        Order calldata order,
        uint256 unused
    ) internal view returns (Charge memory c) {
        if (order.instalments > 1) revert InstalmentsInvalid(order.instalments, 1);
        (c.plan, c.listUsd) = _getSold(order.planId, order.yearly);
        c.parts = 1;
        c.token = _getAccepted(order.tokenId);
        _discount(c, a.paidTerms, false);
        _tryPromo(c, subscriber, a, order.planId, order.promos);
        _split(c, 1, order.yearly);
        uint256 price = _toTokenUp(order.tokenId, c.token, c.dueUsd);
        c.carried = unused;
        if (unused < price) {
            c.amount = price - unused;
        } else {
            c.duration = (c.duration * unused) / price;
        }
    }

    /// @dev The discount that holds for everyone: of two equally high ones the first.
    function _standingDiscount(
        PlanSlot plan_,
        uint256 term,
        uint256 time
    ) internal pure returns (Discount discount, uint256 percent) {
        uint256 months = plan_.seasonMonths();
        if (months != 0 && (months >> (UtcMonth.monthOf(time) - 1)) & 1 != 0) {
            percent = plan_.seasonPercent();
            if (percent != 0) discount = Discount.Season;
        }
        uint256 loyalty = Rules.loyaltyPercent(term);
        if (loyalty > percent) (discount, percent) = (Discount.Loyalty, loyalty);
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
        c.discount = Discount.Promo;
        c.percent = promos[0].percent;
        c.priceUsd = _offUp(c.listUsd, c.percent);
    }

    function _partsOf(Order calldata order) internal view returns (uint256 parts) {
        parts = order.instalments;
        if (parts < 2) return 1;
        uint256 maximum = _planTerms[order.planId].maxInstalments;
        if (parts > maximum) revert InstalmentsInvalid(parts, maximum);
    }

    function _discount(Charge memory c, uint256 term, bool welcome) private view {
        (c.discount, c.percent) = _standingDiscount(c.plan, term, block.timestamp);
        if (welcome) {
            uint256 percent = c.plan.welcomePercent();
            if (percent > c.percent) (c.discount, c.percent) = (Discount.Welcome, percent);
        }
        c.priceUsd = _offUp(c.listUsd, c.percent);
    }

    /// @dev Instalment `number` of the term: its part of the price and of the time.
    function _split(Charge memory c, uint256 number, bool yearly) private pure {
        c.number = number;
        c.dueUsd = Rules.part(c.priceUsd, number, c.parts);
        c.duration = Rules.part(Rules.period(yearly), number, c.parts);
    }

    function _offUp(uint256 listUsd, uint256 percent) internal pure returns (uint256) {
        return Math.ceilDiv(listUsd * (100 - percent), 100);
    }
}
