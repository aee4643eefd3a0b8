// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice One version of a methodology. It never changes once published.
/// @param parametersHash Hash of the published parameters (factor tables, rules), whatever their form.
/// @param validFrom First second in which a crediting period may begin under it, Unix seconds.
/// @param validUntil First second in which none may any more, Unix seconds.
/// @param code For instance `GCCM001`, 1 to 31 bytes.
/// @param version For instance `v4`, 1 to 31 bytes.
struct Methodology {
    bytes32 parametersHash;
    uint40 validFrom;
    uint40 validUntil;
    string code;
    string version;
}
