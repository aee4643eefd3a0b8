// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Batch, BatchStatus} from "./types/Batch.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {ITonneVerification} from "./interfaces/ITonneVerification.sol";
import {Opinions} from "./parts/Opinions.sol";
import {SignedOpinion, Verdict} from "./types/Opinion.sol";
import {Tally} from "./types/Tally.sol";
import {Verifiers} from "./parts/Verifiers.sol";

/// @title TonneVerification
/// @notice Immutable. It can't change what a batch holds, only whether it counts.
contract TonneVerification is ITonneVerification, Opinions, Verifiers {
    constructor(ITonneRegistry registry_) Verifiers(registry_) {}

    /// @inheritdoc ITonneVerification
    function opine(uint64 batchId, bytes32 root, SignedOpinion[] calldata opinions) external {
        Batch memory batch = _getOpen(batchId, root);
        if (batch.approvals == 0) revert OpinionNotAsked(batchId);
        if (opinions.length == 0) revert OpinionMissing(batchId);

        // A batch that one approval decides on never has a tally.
        bool decides = batch.approvals == 1 && !batch.recomputation;
        Tally tally = decides ? Tally.wrap(0) : _tallies[batchId];
        for (uint256 i = 0; i < opinions.length; ++i) {
            SignedOpinion calldata opinion = opinions[i];
            _checkNeeded(batchId, batch.approvals, tally, opinion);
            tally = _count(batchId, root, tally, opinion);
        }
        _conclude(batchId, batch, tally);
    }

    /// @inheritdoc ITonneVerification
    function reportRecomputation(
        uint64 batchId,
        bytes32 askedRoot,
        bytes32 root,
        uint64 creditableWh
    ) external {
        if (_checkAccredited(msg.sender) != 0) revert NotRecomputer(msg.sender);
        Batch memory batch = _getOpen(batchId, askedRoot);
        if (!batch.recomputation) revert RecomputationNotAsked(batchId);
        Tally tally = _tallies[batchId];
        if (tally.recomputed()) revert RecomputationRepeated(batchId);

        bool agrees = root == batch.root && creditableWh == batch.creditableWh;
        emit Recomputed(batchId, msg.sender, root, creditableWh, agrees);
        if (agrees) {
            _conclude(batchId, batch, tally.withRecomputation());
        } else {
            REGISTRY.settle(batchId, BatchStatus.Rejected);
        }
    }

    /// @inheritdoc ITonneVerification
    function tallyOf(
        uint64 batchId
    ) external view returns (uint256 approvals, uint256 rejections, bool recomputed) {
        Tally tally = _tallies[batchId];
        return (tally.approvals(), tally.rejections(), tally.recomputed());
    }

    /// @inheritdoc ITonneVerification
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    function _numberOf(address verifier) internal view override returns (uint16) {
        return _accreditedNumber(verifier);
    }

    /// @dev Settles the batch when all that it needs is there, and remembers the tally otherwise.
    function _conclude(uint64 batchId, Batch memory batch, Tally tally) private {
        if (tally.rejections() == Math.max(batch.approvals, 1)) {
            REGISTRY.settle(batchId, BatchStatus.Rejected);
        } else if (
            tally.approvals() == batch.approvals && (tally.recomputed() || !batch.recomputation)
        ) {
            REGISTRY.settle(batchId, BatchStatus.Verified);
        } else {
            _tallies[batchId] = tally;
        }
    }

    function _getOpen(uint64 batchId, bytes32 root) private view returns (Batch memory batch) {
        batch = REGISTRY.batch(batchId);
        if (batch.status != BatchStatus.Submitted) revert BatchNotOpen(batchId);
        _checkRoot(batchId, root, batch.root);
    }

    function _checkNeeded(
        uint64 batchId,
        uint256 needed,
        Tally tally,
        SignedOpinion calldata opinion
    ) private pure {
        if (opinion.verdict != Verdict.Approve && opinion.verdict != Verdict.Reject) {
            revert VerdictUnknown(opinion.verifier, opinion.verdict);
        }
        bool approves = opinion.verdict == Verdict.Approve;
        uint256 given = approves ? tally.approvals() : tally.rejections();
        if (given == needed || tally.rejections() == needed) {
            revert OpinionNotNeeded(batchId, opinion.verifier);
        }
    }
}
