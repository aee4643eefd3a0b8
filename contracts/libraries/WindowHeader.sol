// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import { ValueOutOfRange } from "../types/Errors.sol";

/// @notice The header of a window as the device signed it (SPEC section 4).
/// @param domain What it was signed for.
/// @param deviceId SHA-256 of the device's public key.
/// @param sequence At least 1, below 2^32.
/// @param closedAt Below 2^40, Unix seconds.
/// @param exportWh Below 2^56.
/// @param importWh Below 2^56.
struct Closing {
    bytes32 domain;
    bytes32 deviceId;
    uint256 sequence;
    uint256 closedAt;
    uint256 exportWh;
    uint256 importWh;
}

/// @title WindowHeader
/// @notice Parses the 176 bytes of a window's header and checks all that they tell by themselves.
library WindowHeader {
    /// @notice Bytes are missing or left over.
    error WindowTruncated(uint256 length, uint256 expectedLength);

    /// @notice The bytes do not begin with `TTW` and version 1.
    error VersionUnknown(bytes4 magic);

    /// @notice Flags that this version does not know are set.
    error FlagsUnknown(uint256 flags);

    /// @notice A window holds 1 to 256 readings.
    error CountOutOfRange(uint256 count);

    /// @notice The window closes before it opens, Unix seconds.
    error TimeOrder(uint256 openedAt, uint256 closedAt);
}
