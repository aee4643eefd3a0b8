// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title VintageCalendar
/// @notice Calendar years (proleptic Gregorian) of Unix times in a fixed UTC offset.
library VintageCalendar {
    uint256 private constant DAYS_PER_ERA = 146_097; // 400 years
    int256 private constant SECONDS_TO_1970 = 719_468 days; // from 1 March of the year 0
    uint256 private constant DAYS_MARCH_TO_DECEMBER = 306;

    /// @notice The calendar year of a time.
    /// @dev Years are counted from 1 March, so that the leap day is the last one: H. Hinnant,
    /// "chrono-compatible low-level date algorithms", `civil_from_days`.
    /// @param timestamp Unix seconds, below 2^40.
    /// @param utcOffsetMinutes Minutes east of UTC, within a day.
    function yearOf(uint256 timestamp, int16 utcOffsetMinutes) internal pure returns (uint256) {
        unchecked {
            // Not negative: 719,468 days outweigh any offset. No overflow: all far below 2^64.
            int256 local =
                int256(timestamp) + SECONDS_TO_1970 + int256(utcOffsetMinutes) * 1 minutes;
            uint256 day = uint256(local) / 1 days;
            uint256 dayOfEra = day % DAYS_PER_ERA;
            uint256 yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            uint256 year = (day / DAYS_PER_ERA) * 400 + yearOfEra;
            return dayOfYear < DAYS_MARCH_TO_DECEMBER ? year : year + 1;
        }
    }
}
