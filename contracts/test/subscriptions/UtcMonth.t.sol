// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Assertions} from "../support/Assertions.sol";
import {UtcMonth} from "../../subscriptions/libraries/UtcMonth.sol";

contract UtcMonthTest is Assertions {
    /// @notice First and last second of every month of 1,000 years, found by adding up their lengths.
    function test_EveryMonth() external pure {
        uint256 start = 0;
        for (uint256 year = 1970; year < 2970; ++year) {
            for (uint256 month = 1; month <= 12; ++month) {
                assertEq(UtcMonth.monthOf(start), month, "first second");
                start += _daysOf(year, month) * 1 days;
                assertEq(UtcMonth.monthOf(start - 1), month, "last second");
            }
        }
    }

    /// @notice The calendar repeats after 400 years, however late it is.
    function testFuzz_RepeatsAfter400Years(uint40 timestamp) external pure {
        uint256 time = timestamp;
        assertEq(UtcMonth.monthOf(time), UtcMonth.monthOf(time + 146_097 days), "400 years");
    }

    function _daysOf(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) {
            bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
