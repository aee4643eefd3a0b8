// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {Accounting} from "../types/Account.sol";
import {Checks} from "../../libraries/Checks.sol";
import {IPlans} from "../interfaces/IPlans.sol";
import {ISubscriptions} from "../../interfaces/ISubscriptions.sol";
import {Offers, Plan, PlanTerms, Tier} from "../types/Plan.sol";
import {PlanSlot, PlanSlots} from "../types/PlanSlot.sol";
import {Rules} from "../libraries/Rules.sol";

/// @title Plans
/// @dev The part at the bottom: it has the whole interface. The operator (owner) decides what is sold. It can't touch terms that run.
abstract contract Plans is ISubscriptions, Ownable2Step {
    uint256 private constant NAME_BYTES = 31;
    uint16 private constant MONTHS = 0xfff;

    /// @dev Prices and offers: what a payment reads.
    mapping(uint256 planId => PlanSlot) internal _planSlots;
    /// @dev Rights; prices in it are those of the plan's creation.
    mapping(uint256 planId => PlanTerms) internal _planTerms;

    /// @inheritdoc IPlans
    uint16 public planCount;

    /// @inheritdoc IPlans
    function createPlan(
        string calldata name,
        PlanTerms calldata terms,
        Offers calldata offers
    ) external onlyOwner returns (uint16 planId) {
        Checks.text("name", name, NAME_BYTES);
        _checkTerms(terms);
        if (terms.tier != Tier.Free) {
            if (planCount == Accounting.MAX_PLANS) revert PlanLimitReached(Accounting.MAX_PLANS);
            planId = ++planCount;
            _setPrices(planId, terms.monthlyUsd, terms.yearlyUsd);
        }
        _planTerms[planId] = terms;

        emit PlanCreated(planId, name, terms);

        _setOffers(planId, offers);
    }

    /// @inheritdoc IPlans
    function repricePlan(uint16 planId, uint40 monthlyUsd, uint40 yearlyUsd) external onlyOwner {
        _checkSold(planId);
        _setPrices(planId, monthlyUsd, yearlyUsd);

        emit PlanRepriced(planId, monthlyUsd, yearlyUsd);
    }

    /// @inheritdoc IPlans
    function retirePlan(uint16 planId) external onlyOwner {
        _planSlots[planId] = _checkSold(planId).asRetired();

        emit PlanRetired(planId);
    }

    /// @inheritdoc IPlans
    function setOffers(uint16[] calldata planIds, Offers calldata offers) external onlyOwner {
        for (uint256 i = 0; i < planIds.length; ++i) {
            _checkSold(planIds[i]);
            _setOffers(planIds[i], offers);
        }
    }

    /// @inheritdoc IPlans
    function plan(uint16 planId) external view returns (Plan memory found) {
        if (planId > planCount) revert PlanUnknown(planId, false);
        PlanSlot slot = _planSlots[planId];
        found.terms = _planTerms[planId];
        found.terms.monthlyUsd = uint40(slot.priceUsd(false));
        found.terms.yearlyUsd = uint40(slot.priceUsd(true));
        found.offers = slot.offers();
        found.retired = slot.retired();
    }

    /// @dev The plan and the price of one of its terms, if that is sold.
    function _getSold(
        uint256 planId,
        bool yearly
    ) internal view returns (PlanSlot slot, uint256 listUsd) {
        slot = _planSlots[planId];
        listUsd = slot.priceUsd(yearly);
        if (listUsd == 0) revert PlanUnknown(uint16(planId), yearly);
        if (slot.retired()) revert PlanNotForSale(uint16(planId));
    }

    function _setPrices(uint16 planId, uint40 monthlyUsd, uint40 yearlyUsd) private {
        Checks.below("monthlyUsd", monthlyUsd, PlanSlots.MAX_PRICE_USD);
        Checks.below("yearlyUsd", yearlyUsd, PlanSlots.MAX_PRICE_USD);
        if (monthlyUsd == 0 && yearlyUsd == 0) revert PlanUnknown(planId, false);
        _planSlots[planId] = _planSlots[planId].withPrices(monthlyUsd, yearlyUsd);
    }

    function _setOffers(uint16 planId, Offers calldata offers) private {
        Checks.below("seasonMonths", offers.seasonMonths, MONTHS);
        Checks.below("seasonPercent", offers.seasonPercent, PlanSlots.MAX_SEASON_PERCENT);
        Checks.below("seasonPercent", offers.seasonPercent % 10, 0);
        Checks.below("welcomePercent", offers.welcomePercent, PlanSlots.MAX_WELCOME_PERCENT);
        _planSlots[planId] = _planSlots[planId].withOffers(offers);

        emit OffersSet(planId, offers);
    }

    function _checkSold(uint16 planId) private view returns (PlanSlot slot) {
        if (planId == 0 || planId > planCount) revert PlanUnknown(planId, false);
        slot = _planSlots[planId];
        if (slot.retired()) revert PlanNotForSale(planId);
    }

    function _checkTerms(PlanTerms calldata terms) private pure {
        Checks.below("maxInstalments", terms.maxInstalments, Rules.MAX_INSTALMENTS);
        Checks.positive("maxInstalments", terms.maxInstalments);
        if (terms.tier == Tier.Free) {
            Checks.below("monthlyUsd", terms.monthlyUsd, 0);
            Checks.below("yearlyUsd", terms.yearlyUsd, 0);
        }
    }
}
