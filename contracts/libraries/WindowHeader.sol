// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import { Bytes } from "./Bytes.sol";
import { Checks } from "./Checks.sol";
import { ValueOutOfRange } from "../types/Errors.sol";

/// @notice What a window's header says of a device (SPEC section 4).
/// @param domain What it was signed for.
/// @param deviceId SHA-256 of the device's public key.
/// @param sequence At least 1, below 2^32.
/// @param openedAt Below 2^40, Unix seconds.
/// @param closedAt Below 2^40, Unix seconds.
/// @param exportWh Below 2^56.
/// @param importWh Below 2^56.
struct Closing {
    bytes32 domain;
    bytes32 deviceId;
    uint256 sequence;
    uint256 openedAt;
    uint256 closedAt;
    uint256 exportWh;
    uint256 importWh;
}

/// @title WindowHeader
/// @notice Parses the 176 bytes of a window's header and checks all that they tell by themselves.
library WindowHeader {
    using Bytes for bytes;

    uint256 internal constant SIZE = 176;
    bytes4 internal constant MAGIC = 0x54545701; // "TTW", version 1

    uint256 internal constant MAX_READINGS = 256;
    uint256 private constant KNOWN_FLAGS = 7;

    /// @notice Bytes are missing or left over.
    error WindowTruncated(uint256 length, uint256 expectedLength);

    /// @notice The bytes do not begin with `TTW` and version 1.
    error VersionUnknown(bytes4 magic);

    /// @notice Flags that this version does not know are set.
    error FlagsUnknown(uint256 flags);

    /// @notice A window holds 1 to 256 readings.
    error CountOutOfRange(uint256 count);

    /// @notice The window does not close after it opened, Unix seconds.
    error TimeOrder(uint256 openedAt, uint256 closedAt);

    /// @notice Parses a header; the caller has checked that it has {SIZE} bytes.
    /// @dev Does not check that it closes after it opened: that comes after the domain.
    function parse(bytes calldata header) internal pure returns (Closing memory closing) {
        _checkForm(header);

        closing.domain = header.wordAt(4);
        closing.deviceId = header.wordAt(36);
        closing.sequence = header.uint64At(68);
        closing.openedAt = header.uint64At(76);
        closing.closedAt = header.uint64At(84);
        closing.exportWh = header.uint64At(92);
        closing.importWh = header.uint64At(100);

        if (closing.sequence == 0) revert ValueOutOfRange("sequence", 0);
        Checks.below("sequence", closing.sequence, type(uint32).max);
        Checks.below("openedAt", closing.openedAt, type(uint40).max);
        Checks.below("closedAt", closing.closedAt, type(uint40).max);
        Checks.below("exportWh", closing.exportWh, type(uint56).max);
        Checks.below("importWh", closing.importWh, type(uint56).max);
    }

    /// @notice Reverts unless the window closes after it opened.
    function checkTimeOrder(Closing memory closing) internal pure {
        if (closing.openedAt >= closing.closedAt) {
            revert TimeOrder(closing.openedAt, closing.closedAt);
        }
    }

    /// @notice Number of readings that the header commits to.
    function countOf(bytes calldata header) internal pure returns (uint256) {
        return uint16(uint256(header.wordAt(108)) >> 240);
    }

    /// @notice SHA-256 of the readings that the header commits to.
    function readingsHashOf(bytes calldata header) internal pure returns (bytes32) {
        return header.wordAt(112);
    }

    function _checkForm(bytes calldata header) private pure {
        // count and flags are the two 16-bit numbers at 108.
        uint256 countAndFlags = uint256(header.wordAt(108)) >> 224;
        uint256 count = countAndFlags >> 16;
        if (count == 0 || count > MAX_READINGS) revert CountOutOfRange(count);

        bytes4 magic = bytes4(header.wordAt(0));
        if (magic != MAGIC) revert VersionUnknown(magic);

        uint256 flags = uint16(countAndFlags);
        if (flags > KNOWN_FLAGS) revert FlagsUnknown(flags);
    }
}
