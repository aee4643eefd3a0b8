// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What happened to a batch so far. The numbers are part of the ABI and never reordered.
enum BatchStatus {
    None,
    Submitted,
    Minted,
    Verified,
    Rejected,
    Voided
}

/// @notice What an interval is claimed as: carbon credits or energy certificates, never both. The
/// numbers are part of the ABI and never reordered.
enum ClaimKind {
    Carbon,
    Energy
}

/// @notice What a submitter says about a batch. Everything else is read from signed windows.
/// @param projectId The project whose devices close.
/// @param deductedWh Export that does not count; it can only lower the credit.
/// @param periodStart The batch covers (periodStart, periodEnd], Unix seconds.
/// @param periodEnd Not later than the block, Unix seconds.
/// @param root Root of the batch tree (SPEC section 5).
/// @param fileDigest SHA-256 of the batch file (SPEC section 6).
struct Submission {
    uint32 projectId;
    uint64 deductedWh;
    uint40 periodStart;
    uint40 periodEnd;
    bytes32 root;
    bytes32 fileDigest;
}

/// @notice A batch in two storage slots.
/// @param root Root of the batch tree.
/// @param grams Credit, grams CO2e.
/// @param creditableWh Energy behind `grams`.
/// @param periodEnd End of the period, Unix seconds.
/// @param vintage Calendar year of the period in the project's UTC offset.
/// @param status See {BatchStatus}.
/// @param blockNumber Block that holds the events of the submission.
/// @param approvals How many verifiers have to approve, as the methodology version asked.
/// @param recomputation Whether an independent recomputation has to agree.
/// @param kind What it is claimed as; an energy batch has no grams.
struct Batch {
    bytes32 root;
    uint64 grams;
    uint64 creditableWh;
    uint40 periodEnd;
    uint16 vintage;
    BatchStatus status;
    uint40 blockNumber;
    uint8 approvals;
    bool recomputation;
    ClaimKind kind;
}
