// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {Rules} from "./Rules.sol";

/// @title Streams
/// @notice What of a subscription's money is earned by now.
library Streams {
    /// @notice The part of `funded` that is not earned at `time`, rounded down.
    ///
    /// unused = paid x left / whole - referral, with referral = paid / 10 taken out of `funded` already.
    /// That is `funded` earned evenly over all but the last tenth of the term, `tail`:
    /// (paid - paid / 10) x (left - tail) / (whole - tail) = paid x left / whole - paid / 10
    /// where tail = whole / 10.
    /// @param tail Seconds before the end that the referral has used up; 0 without one.
    function unusedDown(
        Account memory a,
        uint256 tail,
        uint256 time
    ) internal pure returns (uint256) {
        uint256 since = a.since();
        if (a.canceled && time > since + Rules.GRACE) time = since + Rules.GRACE;
        uint256 moneyEnd = a.until - tail;
        if (time >= moneyEnd) return 0;
        unchecked {
            // since <= time < moneyEnd; funded < 2^88 and seconds < 2^36.
            return (a.funded * (moneyEnd - time)) / (moneyEnd - since);
        }
    }
}
