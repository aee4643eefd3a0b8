// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {vm} from "./Vm.sol";

/// @notice A window to be signed; what is not here does not matter to a contract.
struct Window {
    bytes32 domain;
    uint64 sequence;
    uint64 openedAt;
    uint64 closedAt;
    uint64 exportWh;
    uint64 importWh;
}

/// @title Meter
/// @notice What a device does: it signs claims, windows and statements (SPEC sections 2, 4 and 9)
/// with P-256.
library Meter {
    uint256 internal constant ORDER =
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;

    function publicKeyOf(uint256 key) internal pure returns (bytes memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(key);
        return abi.encodePacked(x, y);
    }

    function idOf(uint256 key) internal pure returns (bytes32) {
        return sha256(publicKeyOf(key));
    }

    /// @notice r and s with low s, over the SHA-256 of `message`.
    function sign(uint256 key, bytes memory message) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = vm.signP256(key, sha256(message));
        if (uint256(s) > ORDER / 2) s = bytes32(ORDER - uint256(s));
        return abi.encodePacked(r, s);
    }

    function claimOf(
        uint256 key,
        bytes32 domain,
        address owner,
        uint64 claimedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(bytes4(0x54544301), domain, idOf(key), owner);
        return abi.encodePacked(head, claimedAt, exportWh, importWh);
    }

    function headerOf(uint256 key, Window memory window) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(bytes4(0x54545701), window.domain, idOf(key));
        bytes memory numbers = abi.encodePacked(
            window.sequence,
            window.openedAt,
            window.closedAt,
            window.exportWh,
            window.importWh
        );
        bytes memory tail = abi.encodePacked(uint16(1), uint16(0), bytes32(0), bytes32(0));
        return abi.encodePacked(head, numbers, tail);
    }

    function rotationOf(
        uint256 key,
        bytes32 domain,
        bytes32 successor,
        uint64 rotatedAt
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(bytes4(0x54545201), domain, idOf(key), successor, rotatedAt);
    }

    function replacementOf(
        uint256 key,
        bytes32 domain,
        uint64 sequence,
        uint64 replacedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(bytes4(0x54544d01), domain, idOf(key));
        bytes memory numbers = abi.encodePacked(sequence, replacedAt, exportWh, importWh);
        return abi.encodePacked(head, numbers, bytes32(0));
    }

    /// @notice One closing record of `submit`.
    function closingOf(uint256 key, Window memory window) internal pure returns (bytes memory) {
        bytes memory header = headerOf(key, window);
        return abi.encodePacked(publicKeyOf(key), sign(key, header), header);
    }
}
