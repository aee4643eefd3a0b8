// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a wallet is to this registry. It is one thing for good: nobody judges what it earns
/// by. The numbers are part of the ABI and never reordered.
/// @dev `Party` owns or registers plants or devices, submits batches, or pays for one of these.
enum Role {
    None,
    Party,
    Validator,
    Verifier,
    Recomputer
}

/// @notice When a wallet may judge: from `from` up to and including `until`, Unix seconds.
struct Accreditation {
    uint40 from;
    uint40 until;
}
