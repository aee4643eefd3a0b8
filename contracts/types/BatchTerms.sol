// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ClaimKind} from "./Batch.sol";

/// @notice What a methodology version demands before a batch counts, and what a project claims by
/// it, in one byte: energy 1 | recomputation 1 | approvals 3, the highest bits first, below 3 bits of
/// zero.
type BatchTerms is uint8;

using BatchTermsCodec for BatchTerms global;

/// @title BatchTermsCodec
library BatchTermsCodec {
    uint8 internal constant MAX_APPROVALS = 7;
    uint8 private constant RECOMPUTATION = 1 << 3;
    uint8 private constant ENERGY = 1 << 4;

    /// @param approvals_ At most {MAX_APPROVALS}.
    function termsOf(uint8 approvals_, bool recomputation_) internal pure returns (BatchTerms) {
        return BatchTerms.wrap(recomputation_ ? approvals_ | RECOMPUTATION : approvals_);
    }

    /// @notice The same demands, for another claim.
    function claiming(BatchTerms terms, ClaimKind kind_) internal pure returns (BatchTerms) {
        uint8 demands = BatchTerms.unwrap(terms) & ~ENERGY;
        return BatchTerms.wrap(kind_ == ClaimKind.Energy ? demands | ENERGY : demands);
    }

    /// @notice How many verifiers have to approve, and how many rejections end a batch.
    function approvals(BatchTerms terms) internal pure returns (uint8) {
        return BatchTerms.unwrap(terms) & MAX_APPROVALS;
    }

    function recomputation(BatchTerms terms) internal pure returns (bool) {
        return BatchTerms.unwrap(terms) & RECOMPUTATION != 0;
    }

    function kind(BatchTerms terms) internal pure returns (ClaimKind) {
        return BatchTerms.unwrap(terms) & ENERGY == 0 ? ClaimKind.Carbon : ClaimKind.Energy;
    }

    /// @notice Whether a batch counts as soon as it is submitted.
    function demandsNothing(BatchTerms terms) internal pure returns (bool) {
        return BatchTerms.unwrap(terms) & ~ENERGY == 0;
    }
}
