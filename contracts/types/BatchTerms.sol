// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ClaimKind} from "./Batch.sol";

/// @notice What a methodology version demands before a batch counts, and what a project claims by
/// it, in one byte: energy 1 | recomputation 1 | approvals 3, the highest bits first, below 3 bits of
/// zero.
type Terms is uint8;

using TermsCodec for Terms global;

/// @title TermsCodec
library TermsCodec {
    uint8 internal constant MAX_APPROVALS = 7;
    uint8 private constant RECOMPUTATION = 1 << 3;
    uint8 private constant ENERGY = 1 << 4;

    /// @param approvals_ At most {MAX_APPROVALS}.
    function termsOf(uint8 approvals_, bool recomputation_) internal pure returns (Terms) {
        return Terms.wrap(recomputation_ ? approvals_ | RECOMPUTATION : approvals_);
    }

    /// @notice The same demands, for another claim.
    function claiming(Terms terms, ClaimKind kind_) internal pure returns (Terms) {
        uint8 demands = Terms.unwrap(terms) & ~ENERGY;
        return Terms.wrap(kind_ == ClaimKind.Energy ? demands | ENERGY : demands);
    }

    /// @notice How many verifiers have to approve, and how many rejections end a batch.
    function approvals(Terms terms) internal pure returns (uint8) {
        return Terms.unwrap(terms) & MAX_APPROVALS;
    }

    function recomputation(Terms terms) internal pure returns (bool) {
        return Terms.unwrap(terms) & RECOMPUTATION != 0;
    }

    function kind(Terms terms) internal pure returns (ClaimKind) {
        return Terms.unwrap(terms) & ENERGY == 0 ? ClaimKind.Carbon : ClaimKind.Energy;
    }

    /// @notice Whether a batch counts as soon as it is submitted.
    function demandsNothing(Terms terms) internal pure returns (bool) {
        return Terms.unwrap(terms) & ~ENERGY == 0;
    }
}
