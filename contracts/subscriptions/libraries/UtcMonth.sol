// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title UtcMonth
/// @notice Calendar months (proleptic Gregorian, UTC) of Unix times.
library UtcMonth {
    uint256 private constant DAYS_PER_ERA = 146_097; // 400 years
    uint256 private constant DAYS_TO_1970 = 719_468; // from 1 March of the year 0

    /// @notice The month of a time, 1 to 12.
    /// @dev Years are counted from 1 March, so that the leap day is the last one: H. Hinnant,
    /// "chrono-compatible low-level date algorithms", `civil_from_days`.
    /// @param timestamp Unix seconds, below 2^64.
    function monthOf(uint256 timestamp) internal pure returns (uint256) {
        unchecked {
            // No overflow: all far below 2^64.
            uint256 dayOfEra = (timestamp / 1 days + DAYS_TO_1970) % DAYS_PER_ERA;
            uint256 yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            uint256 fromMarch = (5 * dayOfYear + 2) / 153;
            return fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        }
    }
}
