// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "./Bytes.sol";
import {Checks} from "./Checks.sol";
import {WindowHeader} from "./WindowHeader.sol";

/// @notice The old key names the one that comes after it (SPEC section 9).
struct Rotation {
    bytes32 domain;
    bytes32 deviceId;
    bytes32 successor;
    uint40 rotatedAt;
}

/// @notice The meter behind a device was replaced (SPEC section 9).
struct MeterReplacement {
    bytes32 domain;
    bytes32 deviceId;
    uint32 sequence;
    uint40 replacedAt;
    uint56 exportWh;
    uint56 importWh;
}

/// @title DeviceStatements
/// @notice Parses what a device signs about itself after its claim.
/// @dev The caller has checked the size.
library DeviceStatements {
    using Bytes for bytes;

    uint256 internal constant ROTATION_SIZE = 108;
    uint256 internal constant METER_SIZE = 132;

    bytes4 private constant ROTATION_MAGIC = 0x54545201; // "TTR", version 1
    bytes4 private constant METER_MAGIC = 0x54544d01; // "TTM", version 1

    function parseRotation(bytes calldata data) internal pure returns (Rotation memory rotation) {
        _checkMagic(data, ROTATION_MAGIC);
        rotation.domain = data.wordAt(4);
        rotation.deviceId = data.wordAt(36);
        rotation.successor = data.wordAt(68);
        rotation.rotatedAt = _timeAt(data, 100, "rotatedAt");
    }

    /// @dev previousHash, the last 32 bytes, means nothing to a contract: it sees no header chain.
    function parseMeter(
        bytes calldata data
    ) internal pure returns (MeterReplacement memory replaced) {
        _checkMagic(data, METER_MAGIC);
        replaced.domain = data.wordAt(4);
        replaced.deviceId = data.wordAt(36);
        replaced.sequence = uint32(Checks.below("sequence", data.uint64At(68), type(uint32).max));
        replaced.replacedAt = _timeAt(data, 76, "replacedAt");
        replaced.exportWh = _registerAt(data, 84, "exportWh");
        replaced.importWh = _registerAt(data, 92, "importWh");
    }

    function _checkMagic(bytes calldata data, bytes4 expected) private pure {
        bytes4 magic = bytes4(data.wordAt(0));
        if (magic != expected) revert WindowHeader.VersionUnknown(magic);
    }

    function _timeAt(
        bytes calldata data,
        uint256 offset,
        bytes32 field
    ) private pure returns (uint40) {
        return uint40(Checks.below(field, data.uint64At(offset), type(uint40).max));
    }

    function _registerAt(
        bytes calldata data,
        uint256 offset,
        bytes32 field
    ) private pure returns (uint56) {
        return uint56(Checks.below(field, data.uint64At(offset), type(uint56).max));
    }
}
