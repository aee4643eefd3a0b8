// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {Accounting} from "../types/Account.sol";
import {Checks} from "../../libraries/Checks.sol";
import {IOffice} from "../interfaces/IOffice.sol";
import {IPlans} from "../interfaces/IPlans.sol";
import {ISubscriptionPlans} from "../../interfaces/ISubscriptionPlans.sol";
import {ISubscriptions} from "../../interfaces/ISubscriptions.sol";
import {Offers, Plan, PlanTerms, Tier} from "../types/Plan.sol";
import {PlanSlot, PlanSlots} from "../types/PlanSlot.sol";
import {Rules} from "../libraries/Rules.sol";

/// @title Plans
/// @dev The operator (owner) decides what is sold; terms that run are out of reach. The part at the
/// bottom of the plans contract: it has the whole interface.
abstract contract Plans is ISubscriptionPlans, Ownable2Step {
    uint256 private constant NAME_BYTES = 31;
    uint16 private constant MONTHS = 0xfff;

    ISubscriptions internal immutable SUBSCRIPTIONS = ISubscriptions(msg.sender);

    /// @dev Prices and offers, as the other contract has them to charge.
    mapping(uint256 planId => PlanSlot) internal _planSlots;
    /// @dev Rights; prices in it are those of the plan's creation.
    mapping(uint256 planId => PlanTerms) internal _planTerms;

    /// @inheritdoc IOffice
    address public treasury;
    /// @inheritdoc IOffice
    address public arbiter;
    /// @inheritdoc IPlans
    uint16 public planCount;

    constructor(address operator, address treasury_, address arbiter_) Ownable(operator) {
        _setTreasury(treasury_);
        _setArbiter(arbiter_);
    }

    /// @inheritdoc IPlans
    function createPlan(
        string calldata name,
        PlanTerms calldata terms,
        Offers calldata offers
    ) external onlyOwner returns (uint16 planId) {
        Checks.text("name", name, NAME_BYTES);
        _checkTerms(terms);
        PlanSlot slot;
        if (terms.tier != Tier.Free) {
            if (planCount == Accounting.MAX_PLANS) revert PlanLimitReached(Accounting.MAX_PLANS);
            planId = ++planCount;
            slot = _withPrices(planId, slot, terms.monthlyUsd, terms.yearlyUsd);
        }
        _planTerms[planId] = terms;

        emit PlanCreated(planId, name, terms);

        _setOffers(planId, slot, offers);
    }

    /// @inheritdoc IPlans
    function repricePlan(uint16 planId, uint40 monthlyUsd, uint40 yearlyUsd) external onlyOwner {
        _setPlan(planId, _withPrices(planId, _getSoldPlan(planId), monthlyUsd, yearlyUsd));

        emit PlanRepriced(planId, monthlyUsd, yearlyUsd);
    }

    /// @inheritdoc IPlans
    function retirePlan(uint16 planId) external onlyOwner {
        _setPlan(planId, _getSoldPlan(planId).asRetired());

        emit PlanRetired(planId);
    }

    /// @inheritdoc IPlans
    function setOffers(uint16[] calldata planIds, Offers calldata offers) external onlyOwner {
        for (uint256 i = 0; i < planIds.length; ++i) {
            _setOffers(planIds[i], _getSoldPlan(planIds[i]), offers);
        }
    }

    /// @inheritdoc IOffice
    function setTreasury(address newTreasury) external onlyOwner {
        _setTreasury(newTreasury);
    }

    /// @inheritdoc IOffice
    function setArbiter(address newArbiter) external onlyOwner {
        _setArbiter(newArbiter);
    }

    /// @inheritdoc IOffice
    function withdraw(uint8 tokenId, uint256 amount) external onlyOwner {
        SUBSCRIPTIONS.payOut(tokenId, treasury, amount);
    }

    /// @inheritdoc IOffice
    function resolve(address subscriber, uint256 toSubscriber) external {
        if (msg.sender != arbiter) revert NotArbiter(msg.sender);
        SUBSCRIPTIONS.decide(subscriber, toSubscriber);
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

    /// @inheritdoc IPlans
    function limitsOf(uint16 planId) external view returns (uint8 trialDays, uint8 maxInstalments) {
        PlanTerms storage terms = _planTerms[planId];
        return (terms.trialDays, terms.maxInstalments);
    }

    /// @inheritdoc IOffice
    function subscriptions() external view returns (address) {
        return address(SUBSCRIPTIONS);
    }

    function _setTreasury(address newTreasury) private {
        if (newTreasury == address(0)) revert AddressMissing("treasury");
        treasury = newTreasury;

        emit TreasurySet(newTreasury);
    }

    function _setArbiter(address newArbiter) private {
        if (newArbiter == address(0)) revert AddressMissing("arbiter");
        arbiter = newArbiter;

        emit ArbiterSet(newArbiter);
    }

    function _setOffers(uint16 planId, PlanSlot slot, Offers calldata offers) private {
        Checks.below("seasonMonths", offers.seasonMonths, MONTHS);
        Checks.below("seasonPercent", offers.seasonPercent, PlanSlots.MAX_SEASON_PERCENT);
        Checks.below("seasonPercent", offers.seasonPercent % 10, 0);
        Checks.below("welcomePercent", offers.welcomePercent, PlanSlots.MAX_WELCOME_PERCENT);
        _setPlan(planId, slot.withOffers(offers));

        emit OffersSet(planId, offers);
    }

    function _setPlan(uint16 planId, PlanSlot slot) private {
        _planSlots[planId] = slot;
        SUBSCRIPTIONS.setPlanSlot(planId, slot);
    }

    function _getSoldPlan(uint16 planId) private view returns (PlanSlot slot) {
        if (planId == 0 || planId > planCount) revert PlanUnknown(planId, false);
        slot = _planSlots[planId];
        if (slot.retired()) revert PlanNotForSale(planId);
    }

    function _withPrices(
        uint16 planId,
        PlanSlot slot,
        uint40 monthlyUsd,
        uint40 yearlyUsd
    ) private pure returns (PlanSlot) {
        Checks.below("monthlyUsd", monthlyUsd, PlanSlots.MAX_PRICE_USD);
        Checks.below("yearlyUsd", yearlyUsd, PlanSlots.MAX_PRICE_USD);
        if (monthlyUsd == 0 && yearlyUsd == 0) revert PlanUnknown(planId, false);
        return slot.withPrices(monthlyUsd, yearlyUsd);
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
