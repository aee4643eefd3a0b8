// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Offers} from "./Plan.sol";

/// @notice All that a payment needs of a plan, in one storage slot:
/// retired 1 | welcomePercent 4 | seasonPercent / 10 3 | seasonMonths 12 | promoSigner 160 |
/// yearlyUsd 38 | monthlyUsd 38, the highest bits first. Meaning and units as in {PlanTerms} and
/// {Offers}.
type PlanSlot is uint256;

using PlanSlots for PlanSlot global;

/// @title PlanSlots
/// @dev Packed by hand, so that a payment reads one slot: Polygon asks 5,460 gas for each.
library PlanSlots {
    uint256 internal constant MAX_PRICE_USD = (1 << 38) - 1;
    uint256 internal constant MAX_WELCOME_PERCENT = 15;
    uint256 internal constant MAX_SEASON_PERCENT = 70;

    uint256 private constant YEARLY_AT = 38;
    uint256 private constant SIGNER_AT = 76;
    uint256 private constant MONTHS_AT = 236;
    uint256 private constant SEASON_AT = 248;
    uint256 private constant WELCOME_AT = 251;
    uint256 private constant RETIRED = 1 << 255;
    uint256 private constant PRICES = (1 << SIGNER_AT) - 1;

    /// @notice The same plan with other prices.
    /// @dev The caller has checked that both are below their limit.
    function withPrices(
        PlanSlot slot,
        uint256 monthlyUsd_,
        uint256 yearlyUsd_
    ) internal pure returns (PlanSlot) {
        uint256 rest = PlanSlot.unwrap(slot) & ~PRICES;
        return PlanSlot.wrap(rest | monthlyUsd_ | (yearlyUsd_ << YEARLY_AT));
    }

    /// @notice The same plan with other offers.
    /// @dev The caller has checked that every number is below its limit.
    function withOffers(PlanSlot slot, Offers calldata offers_) internal pure returns (PlanSlot) {
        uint256 rest = PlanSlot.unwrap(slot) & (PRICES | RETIRED);
        return
            PlanSlot.wrap(
                rest |
                    (uint256(uint160(offers_.promoSigner)) << SIGNER_AT) |
                    (uint256(offers_.seasonMonths) << MONTHS_AT) |
                    (uint256(offers_.seasonPercent / 10) << SEASON_AT) |
                    (uint256(offers_.welcomePercent) << WELCOME_AT)
            );
    }

    /// @notice The same plan, retired.
    function asRetired(PlanSlot slot) internal pure returns (PlanSlot) {
        return PlanSlot.wrap(PlanSlot.unwrap(slot) | RETIRED);
    }

    function priceUsd(PlanSlot slot, bool yearly) internal pure returns (uint256) {
        return (PlanSlot.unwrap(slot) >> (yearly ? YEARLY_AT : 0)) & MAX_PRICE_USD;
    }

    function promoSigner(PlanSlot slot) internal pure returns (address) {
        return address(uint160(PlanSlot.unwrap(slot) >> SIGNER_AT));
    }

    function seasonMonths(PlanSlot slot) internal pure returns (uint256) {
        return (PlanSlot.unwrap(slot) >> MONTHS_AT) & 0xfff;
    }

    function seasonPercent(PlanSlot slot) internal pure returns (uint256) {
        return ((PlanSlot.unwrap(slot) >> SEASON_AT) & 7) * 10;
    }

    function welcomePercent(PlanSlot slot) internal pure returns (uint256) {
        return (PlanSlot.unwrap(slot) >> WELCOME_AT) & 15;
    }

    function retired(PlanSlot slot) internal pure returns (bool) {
        return PlanSlot.unwrap(slot) & RETIRED != 0;
    }

    function offers(PlanSlot slot) internal pure returns (Offers memory) {
        return
            Offers({
                promoSigner: slot.promoSigner(),
                seasonMonths: uint16(slot.seasonMonths()),
                seasonPercent: uint8(slot.seasonPercent()),
                welcomePercent: uint8(slot.welcomePercent())
            });
    }
}
