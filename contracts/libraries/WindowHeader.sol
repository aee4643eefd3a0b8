// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "./Bytes.sol";
import {Checks} from "./Checks.sol";
import {ValueOutOfRange} from "../types/Errors.sol";

/// @title WindowHeader
/// @notice Reads the 176 bytes of a window's header (SPEC section 4) where they are, in calldata.
/// @dev Every function takes a header of {SIZE} bytes; the caller has checked that once. The numbers
/// that a getter returns are below their limits when {checkForm} has passed.
library WindowHeader {
    using Bytes for bytes;

    uint256 internal constant SIZE = 176;
    uint256 internal constant MAX_READINGS = 256;

    bytes4 private constant MAGIC = 0x54545701; // "TTW", version 1
    uint256 private constant KNOWN_FLAGS = 7;

    /// @dev The word at 68 holds sequence, openedAt, closedAt and exportWh, 64 bits each. These bits
    /// of it are above the limits of 32, 40, 40 and 56 bits.
    uint256 private constant FORBIDDEN_AT_68 =
        (uint256(type(uint32).max) << 224) |
            (uint256(type(uint24).max) << 168) |
            (uint256(type(uint24).max) << 104) |
            (uint256(type(uint8).max) << 56);

    /// @dev The word at 100 begins with importWh 64, count 16 and flags 16. These bits of it are above
    /// the limit of 56 bits, or unknown flags.
    uint256 private constant FORBIDDEN_AT_100 =
        (uint256(type(uint8).max) << 248) | ((type(uint16).max ^ KNOWN_FLAGS) << 160);

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

    /// @notice Checks count, magic, flags and the limits of all numbers, in this order.
    function checkForm(bytes calldata header) internal pure {
        uint256 count = countOf(header);
        // Zero wraps around, and is above the limit too.
        unchecked {
            if (count - 1 >= MAX_READINGS) revert CountOutOfRange(count);
        }

        bytes4 magic = bytes4(header.wordAt(0));
        if (magic != MAGIC) revert VersionUnknown(magic);

        uint256 forbidden =
            (uint256(header.wordAt(68)) & FORBIDDEN_AT_68) |
                (uint256(header.wordAt(100)) & FORBIDDEN_AT_100);
        if (forbidden != 0) _refuseFirst(header);
        if (sequenceOf(header) == 0) revert ValueOutOfRange("sequence", 0);
    }

    /// @notice Reverts unless the window closes after it opened.
    function checkTimeOrder(bytes calldata header) internal pure {
        uint256 openedAt = openedAtOf(header);
        uint256 closedAt = closedAtOf(header);
        if (openedAt >= closedAt) revert TimeOrder(openedAt, closedAt);
    }

    function domainOf(bytes calldata header) internal pure returns (bytes32) {
        return header.wordAt(4);
    }

    function deviceIdOf(bytes calldata header) internal pure returns (bytes32) {
        return header.wordAt(36);
    }

    function sequenceOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint64At(68);
    }

    function openedAtOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint64At(76);
    }

    function closedAtOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint64At(84);
    }

    function exportWhOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint64At(92);
    }

    function importWhOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint64At(100);
    }

    function countOf(bytes calldata header) internal pure returns (uint256) {
        return header.uint16At(108);
    }

    function readingsHashOf(bytes calldata header) internal pure returns (bytes32) {
        return header.wordAt(112);
    }

    /// @dev Reverts with the first field that has a forbidden bit.
    function _refuseFirst(bytes calldata header) private pure {
        uint256 flags = header.uint16At(110);
        if (flags > KNOWN_FLAGS) revert FlagsUnknown(flags);
        Checks.below("sequence", sequenceOf(header), type(uint32).max);
        Checks.below("openedAt", openedAtOf(header), type(uint40).max);
        Checks.below("closedAt", closedAtOf(header), type(uint40).max);
        Checks.below("exportWh", exportWhOf(header), type(uint56).max);
        Checks.below("importWh", importWhOf(header), type(uint56).max);
    }
}
