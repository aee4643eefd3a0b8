// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeviceStatus} from "../types/Device.sol";
import {
    DeviceFrozen,
    DeviceRevoked,
    PeriodInvalid,
    TextMissing,
    TextTooLong,
    ValueOutOfRange
} from "../types/Errors.sol";

/// @title Checks
/// @notice Requirements that several parts share. Each reverts with the value that fails it.
library Checks {
    function text(bytes32 field, string calldata value, uint256 maximum) internal pure {
        if (bytes(value).length == 0) revert TextMissing(field);
        textOrNone(field, value, maximum);
    }

    function textOrNone(bytes32 field, string calldata value, uint256 maximum) internal pure {
        uint256 length = bytes(value).length;
        if (length > maximum) revert TextTooLong(field, length, maximum);
    }

    function within(bytes32 field, int256 value, int256 minimum, int256 maximum) internal pure {
        if (value < minimum || value > maximum) revert ValueOutOfRange(field, value);
    }

    /// @notice For numbers of 64 bits.
    /// @return The value, which is at most `maximum`.
    function below(bytes32 field, uint256 value, uint256 maximum) internal pure returns (uint256) {
        // Safe unchecked cast: the value has 64 bits.
        if (value > maximum) revert ValueOutOfRange(field, int256(value));
        return value;
    }

    function positive(bytes32 field, uint32 value) internal pure {
        if (value == 0) revert ValueOutOfRange(field, 0);
    }

    function period(uint256 from, uint256 until) internal pure {
        if (from >= until) revert PeriodInvalid(from, until);
    }

    /// @dev Here and not where devices are: events of theirs have the names of these errors.
    function notFrozen(bytes32 deviceId, DeviceStatus status) internal pure {
        if (status == DeviceStatus.Frozen) revert DeviceFrozen(deviceId);
    }

    function revertRevoked(bytes32 deviceId, uint256 from, uint256 time) internal pure {
        revert DeviceRevoked(deviceId, from, time);
    }
}
