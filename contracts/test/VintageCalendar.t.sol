// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Assertions} from "./support/Assertions.sol";
import {VintageCalendar} from "../libraries/VintageCalendar.sol";

contract VintageCalendarTest is Assertions {
    /// @notice Every New Year of 3,000 years, found by adding up the years' lengths.
    function test_EveryNewYear() external pure {
        uint256 newYear = 0;
        for (uint256 year = 1970; year < 4970; ++year) {
            assertEq(VintageCalendar.yearOf(newYear, 0), year, "first second");
            newYear += _isLeap(year) ? 366 days : 365 days;
            assertEq(VintageCalendar.yearOf(newYear - 1, 0), year, "last second");
        }
    }

    /// @notice The offset moves the year by exactly its minutes.
    function testFuzz_OffsetIsAShift(uint40 timestamp, int16 offsetSeed) external pure {
        int16 offset = int16(int256(bound(uint16(offsetSeed), 0, 26 * 60)) - 12 * 60);
        uint256 time = bound(timestamp, 1 days, type(uint40).max);
        uint256 shifted = uint256(int256(time) + int256(offset) * 60);
        assertEq(VintageCalendar.yearOf(time, offset), VintageCalendar.yearOf(shifted, 0), "shift");
    }

    /// @notice A year lies between the count of 365-day years and that of 366-day years.
    function testFuzz_NeverFarOff(uint40 timestamp) external pure {
        uint256 year = VintageCalendar.yearOf(timestamp, 0);
        assertTrue(year <= 1970 + uint256(timestamp) / 365 days, "not above");
        assertTrue(year >= 1970 + uint256(timestamp) / 366 days, "not below");
    }

    function test_WestOfGreenwichTheEpochIsIn1969() external pure {
        assertEq(VintageCalendar.yearOf(0, -1), 1969, "a minute");
        assertEq(VintageCalendar.yearOf(0, -12 * 60), 1969, "half a day");
        assertEq(VintageCalendar.yearOf(0, 14 * 60), 1970, "east");
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
