// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "./Bytes.sol";
import {Checks} from "./Checks.sol";
import {WindowHeader} from "./WindowHeader.sol";

/// @notice What a device signs once for its owner (SPEC section 2). Limits as in a window's header.
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
        bytes4 magic = bytes4(data.wordAt(0));
        if (magic != MAGIC) revert WindowHeader.VersionUnknown(magic);

        claim.domain = data.wordAt(4);
        claim.deviceId = data.wordAt(36);
        claim.owner = address(bytes20(data.wordAt(68)));
        claim.claimedAt = uint40(Checks.below("claimedAt", data.uint64At(88), type(uint40).max));
        claim.exportWh = uint56(Checks.below("exportWh", data.uint64At(96), type(uint56).max));
        claim.importWh = uint56(Checks.below("importWh", data.uint64At(104), type(uint56).max));
    }
}
