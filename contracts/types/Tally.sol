// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The opinions on a batch that did not decide yet, in one storage slot:
/// round 7 | recomputed 1 | rejections 4 | approvals 4 | numbers of the verifiers, 15 of 16 bits, the
/// highest bits first.
type Tally is uint256;

using Tallies for Tally global;

/// @title Tallies
library Tallies {
    uint256 private constant VERIFIER_BITS = 16;
    uint256 private constant APPROVALS_AT = 240;
    uint256 private constant REJECTIONS_AT = 244;
    uint256 private constant RECOMPUTED_AT = 248;
    uint256 private constant ROUND_AT = 249;
    uint256 private constant COUNT = 0xf;

    /// @notice With one approval more.
    /// @dev Both counts are at most 7, so there is a place.
    function withApproval(Tally tally, uint16 number) internal pure returns (Tally) {
        return _with(tally, number, APPROVALS_AT);
    }

    /// @notice With one rejection (or vote to void) more.
    function withRejection(Tally tally, uint16 number) internal pure returns (Tally) {
        return _with(tally, number, REJECTIONS_AT);
    }

    /// @notice With a recomputation that agrees.
    function withRecomputation(Tally tally) internal pure returns (Tally) {
        return Tally.wrap(Tally.unwrap(tally) | (1 << RECOMPUTED_AT));
    }

    /// @notice Empty, one round later.
    function nextRound(Tally tally) internal pure returns (Tally) {
        return Tally.wrap((uint256(tally.round()) + 1) << ROUND_AT);
    }

    /// @param number Of a verifier, from 1.
    function has(Tally tally, uint16 number) internal pure returns (bool) {
        uint256 found = Tally.unwrap(tally);
        for (uint256 i = tally.approvals() + tally.rejections(); i > 0; --i) {
            // Safe unchecked cast: the lowest 16 bits are meant.
            if (uint16(found) == number) return true;
            found >>= VERIFIER_BITS;
        }
        return false;
    }

    function approvals(Tally tally) internal pure returns (uint256) {
        return (Tally.unwrap(tally) >> APPROVALS_AT) & COUNT;
    }

    function rejections(Tally tally) internal pure returns (uint256) {
        return (Tally.unwrap(tally) >> REJECTIONS_AT) & COUNT;
    }

    function recomputed(Tally tally) internal pure returns (bool) {
        return Tally.unwrap(tally) & (1 << RECOMPUTED_AT) != 0;
    }

    /// @notice How often all opinions were set aside; what is signed names it.
    function round(Tally tally) internal pure returns (uint8) {
        // Safe unchecked cast: 7 bits are left.
        return uint8(Tally.unwrap(tally) >> ROUND_AT);
    }

    function _with(Tally tally, uint16 number, uint256 countAt) private pure returns (Tally) {
        uint256 given = tally.approvals() + tally.rejections();
        uint256 entry = uint256(number) << (VERIFIER_BITS * given);
        // No carry: the count stays below 16.
        return Tally.wrap((Tally.unwrap(tally) | entry) + (1 << countAt));
    }
}
