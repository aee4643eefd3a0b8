// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a methodology version demands of every batch that is credited under it.
/// @param approvals How many verifiers have to approve, and how many rejections end a batch; 0 to 7.
/// @param recomputation Whether an independent recomputation has to agree.
/// @param bufferBps Share of each mint that goes to the project's buffer, in 1/10,000; at most 5,000.
struct Requirements {
    uint8 approvals;
    bool recomputation;
    uint16 bufferBps;
}

/// @notice One version of a methodology. It never changes once published.
/// @param parametersHash Hash of the published parameters (factor tables, rules), whatever their form.
/// @param validFrom First second in which a crediting period may begin under it, Unix seconds.
/// @param validUntil First second in which none may any more, Unix seconds.
/// @param requirements See {Requirements}.
/// @param code For instance `GCCM001`, 1 to 31 bytes.
/// @param version For instance `v4`, 1 to 31 bytes.
struct Methodology {
    bytes32 parametersHash;
    uint40 validFrom;
    uint40 validUntil;
    Requirements requirements;
    string code;
    string version;
}
