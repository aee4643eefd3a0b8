// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Discount} from "../types/Order.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {UtcMonth} from "./UtcMonth.sol";

/// @title Rules
/// @notice The numbers that no one can change.
library Rules {
    uint256 internal constant MONTH = 30 days;
    uint256 internal constant YEAR = 365 days;
    /// @notice Rights go on that long after paid time or {ICancellation-cancel}.
    uint256 internal constant GRACE = 5 days;
    /// @notice Keepers may renew that long before the end.
    uint256 internal constant RENEW_AHEAD = 1 days;
    uint256 internal constant MAX_AHEAD = 3_650 days;
    uint256 internal constant DISPUTE_WINDOW = 7 days;
    uint256 internal constant DISPUTE_TIME = 14 days;
    /// @notice The referrer's part of a first payment: one tenth.
    uint256 internal constant REFERRAL_DIVISOR = 10;
    uint256 internal constant MAX_INSTALMENTS = 12;
    uint256 internal constant MAX_PROMO_PERCENT = 90;
    /// @notice 1 % head-room for a price that may move before the transaction is mined.
    uint256 internal constant HEADROOM_DIVISOR = 100;
    /// @notice USD x 10^6 in a US cent.
    uint256 internal constant CENT = 10_000;

    function period(bool yearly) internal pure returns (uint256) {
        return yearly ? YEAR : MONTH;
    }

    /// @notice Percent off the `term`th term in a row.
    function loyaltyPercent(uint256 term) internal pure returns (uint256) {
        if (term >= 8) return 25;
        if (term >= 4) return 20;
        return term >= 2 ? 15 : 0;
    }

    /// @notice Part `number` (from 1) of `parts` of a whole; all parts add up to it exactly.
    function part(
        uint256 whole,
        uint256 number,
        uint256 parts
    ) internal pure returns (uint256 share) {
        if (parts == 1) return whole;
        share = (whole * number) / parts - (whole * (number - 1)) / parts;
    }

    /// @notice The discount that holds for everyone: of two equally high ones the first.
    /// @param term The paid term in a row that it would be.
    /// @param time When it would be paid, Unix seconds.
    function standingDiscount(
        PlanSlot plan,
        uint256 term,
        uint256 time
    ) internal pure returns (Discount discount, uint256 percent) {
        uint256 months = plan.seasonMonths();
        if (months != 0 && (months >> (UtcMonth.monthOf(time) - 1)) & 1 != 0) {
            percent = plan.seasonPercent();
            if (percent != 0) discount = Discount.Season;
        }
        uint256 loyalty = loyaltyPercent(term);
        if (loyalty > percent) (discount, percent) = (Discount.Loyalty, loyalty);
    }

    /// @notice A price with `percent` off, rounded up.
    function offUp(uint256 listUsd, uint256 percent) internal pure returns (uint256) {
        return Math.ceilDiv(listUsd * (100 - percent), 100);
    }
}
