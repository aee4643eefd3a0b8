// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a verifier says of a batch. The numbers are part of what is signed, never reordered.
enum Verdict {
    None,
    Approve,
    Reject,
    Void
}

/// @notice An opinion with its signature, as it travels.
/// @param verifier Whose opinion; a wallet with a key or a contract (ERC-1271).
/// @param verdict See {Verdict}.
/// @param deadline Last second in which it may be submitted, Unix seconds.
/// @param reasonHash SHA-256 of the reasons' document; not 0 but for an approval.
/// @param reasonUri Where the document is, at most 256 bytes; may be empty.
/// @param signature Of the typed data `Opinion` (EIP-712).
struct SignedOpinion {
    address verifier;
    Verdict verdict;
    uint40 deadline;
    bytes32 reasonHash;
    string reasonUri;
    bytes signature;
}
