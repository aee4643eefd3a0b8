// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice A number that no rule allows. `field` is the ASCII name of the field.
error ValueOutOfRange(bytes32 field, int256 value);

/// @notice A text that may not be empty. `field` is the ASCII name of the field.
error TextMissing(bytes32 field);

/// @notice A text of more bytes than `maximum`. `field` is the ASCII name of the field.
error TextTooLong(bytes32 field, uint256 length, uint256 maximum);

/// @notice A period that does not begin before it ends, Unix seconds.
error PeriodInvalid(uint256 from, uint256 until);

/// @notice The device is revoked from `from` on and its window or state is of `closedAt`.
/// @dev At file level because an interface can't hold an event and an error of one name.
error DeviceRevoked(bytes32 deviceId, uint256 from, uint256 closedAt);

/// @notice The device is frozen for good: two different windows with one sequence number proved that
/// its key was copied.
/// @dev At file level for the same reason.
error DeviceFrozen(bytes32 deviceId);
