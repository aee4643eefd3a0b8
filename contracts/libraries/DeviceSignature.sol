// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import { P256 } from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import { Bytes } from "./Bytes.sol";

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

    /// @notice Reverts unless the key of `deviceId` signed `digest`. Sizes were checked by the caller.
    function check(
        bytes32 deviceId,
        bytes32 digest,
        bytes calldata publicKey,
        bytes calldata signature
    ) internal view {
        bytes32 publicKeyId = sha256(publicKey);
        if (publicKeyId != deviceId) revert PublicKeyMismatch(deviceId, publicKeyId);

        bytes32 s = signature.wordAt(32);
        if (uint256(s) > HALF_N) revert SignatureHighS(deviceId, s);

        bool valid = P256.verifyNative(
            digest,
            signature.wordAt(0),
            s,
            publicKey.wordAt(0),
            publicKey.wordAt(32)
        );
        if (!valid) revert SignatureInvalid(deviceId, digest);
    }
}
