// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {UtcMonth} from "../subscriptions/libraries/UtcMonth.sol";
import {VintageCalendar} from "./VintageCalendar.sol";

/// @title UtcDate
/// @notice Calendar dates (proleptic Gregorian, UTC) of Unix times as text. For views: it counts days.
library UtcDate {
    using Strings for uint256;

    /// @notice For instance `2026-01-31`.
    /// @param timestamp Unix seconds, below 2^40.
    function textOf(uint256 timestamp) internal pure returns (string memory) {
        uint256 month = UtcMonth.monthOf(timestamp);
        uint256 day = 1;
        while (day * 1 days <= timestamp && UtcMonth.monthOf(timestamp - day * 1 days) == month) {
            ++day;
        }
        return
            string.concat(
                VintageCalendar.yearOf(timestamp, 0).toString(),
                "-",
                _twoDigits(month),
                "-",
                _twoDigits(day)
            );
    }

    function _twoDigits(uint256 value) private pure returns (string memory) {
        return value < 10 ? string.concat("0", value.toString()) : value.toString();
    }
}
