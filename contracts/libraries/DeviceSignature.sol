// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "./Bytes.sol";

/// @title DeviceSignature
/// @notice Checks that a device signed something (SPEC section 1).
library DeviceSignature {
    using Bytes for bytes;

    uint256 internal constant SIZE = 64;
    uint256 internal constant PUBLIC_KEY_SIZE = 64;

    /// @dev n/2 of P-256, rounded down.
    uint256 private constant HALF_N =
        0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8;

    /// @notice The public key hashes to another device id than the signed one.
    error PublicKeyMismatch(bytes32 deviceId, bytes32 publicKeyId);

    /// @notice s is above n/2; n - s is the valid form.
    error SignatureHighS(bytes32 deviceId, bytes32 s);

    /// @notice The signature does not verify; `digest` is the SHA-256 that it should sign.
    error SignatureInvalid(bytes32 deviceId, bytes32 digest);

    /// @notice Reverts unless the key of `deviceId` signed `digest`.
    /// @param publicKey x and y, {PUBLIC_KEY_SIZE} bytes; the caller has checked that.
    /// @param signature r and s, {SIZE} bytes; the caller has checked that.
    function check(
        bytes32 deviceId,
        bytes32 digest,
        bytes calldata publicKey,
        bytes calldata signature
    ) internal view {
        bytes32 publicKeyId = publicKey.sha256Of();
        if (publicKeyId != deviceId) revert PublicKeyMismatch(deviceId, publicKeyId);

        bytes32 s = signature.wordAt(32);
        if (uint256(s) > HALF_N) revert SignatureHighS(deviceId, s);

        if (!_verify(digest, publicKey, signature)) revert SignatureInvalid(deviceId, digest);
    }

    /// @dev P256VERIFY (RIP-7212, EIP-7951) itself checks that r and s are from 1 to n - 1 and that
    /// (x, y) is on the curve. It returns 1, or nothing; a chain without it returns nothing as well,
    /// so nothing would ever be valid there.
    function _verify(
        bytes32 digest,
        bytes calldata publicKey,
        bytes calldata signature
    ) private view returns (bool valid) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Input after the free memory pointer, which stays; output in scratch space.
            let input := mload(0x40)
            mstore(input, digest)
            calldatacopy(add(input, 0x20), signature.offset, 0x40)
            calldatacopy(add(input, 0x60), publicKey.offset, 0x40)
            mstore(0x00, 0)
            pop(staticcall(gas(), 0x100, input, 0xa0, 0x00, 0x20))
            valid := eq(mload(0x00), 1)
        }
    }
}
