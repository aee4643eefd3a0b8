// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import { Bytes } from "./Bytes.sol";
import { ValueOutOfRange } from "../types/Errors.sol";
import { WindowHeader } from "./WindowHeader.sol";

/// @notice What a device signs once for its owner (SPEC section 2). Limits as in {Closing}.
struct Claim {
    bytes32 domain;
    bytes32 deviceId;
    address owner;
    uint40 claimedAt;
    uint56 exportWh;
    uint56 importWh;
}

/// @title DeviceClaim
/// @notice Parses the 112 bytes of a claim.
library DeviceClaim {
    using Bytes for bytes;

    uint256 internal constant SIZE = 112;
    bytes4 internal constant MAGIC = 0x54544301; // "TTC", version 1

    /// @notice Parses a claim; the caller has checked that it has {SIZE} bytes.
    function parse(bytes calldata data) internal pure returns (Claim memory claim) {
        bytes32 head = data.wordAt(0);
        if (bytes4(head) != MAGIC) revert WindowHeader.VersionUnknown(bytes4(head));

        claim.domain = data.wordAt(4);
        claim.deviceId = data.wordAt(36);
        claim.owner = address(bytes20(data.wordAt(68)));
        claim.claimedAt = uint40(_below(data.uint64At(88), type(uint40).max, "claimedAt"));
        claim.exportWh = uint56(_below(data.uint64At(96), type(uint56).max, "exportWh"));
        claim.importWh = uint56(_below(data.uint64At(104), type(uint56).max, "importWh"));
    }

    function _below(
        uint256 value,
        uint256 maximum,
        bytes32 field
    ) private pure returns (uint256) {
        // Safe unchecked cast: the value has 64 bits.
        if (value > maximum) revert ValueOutOfRange(field, int256(value));
        return value;
    }
}
