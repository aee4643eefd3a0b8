// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Batch, BatchStatus, Submission} from "../types/Batch.sol";
import {BatchSlot, BatchSlots} from "../types/BatchSlot.sol";
import {Bytes} from "../libraries/Bytes.sol";
import {Carry, Crediting, Energy} from "../libraries/Crediting.sol";
import {Checks} from "../libraries/Checks.sol";
import {WindowHeader} from "../libraries/WindowHeader.sol";
import {Closings, Frame} from "./Closings.sol";
import {IBatches} from "../interfaces/IBatches.sol";
import {ICarbonCredit} from "../interfaces/ICarbonCredit.sol";
import {ProjectState} from "./Projects.sol";
import {Reading} from "../types/Reading.sol";
import {ReadingCodec} from "../libraries/ReadingCodec.sol";
import {VintageCalendar} from "../libraries/VintageCalendar.sol";

/// @dev A batch in two slots.
struct BatchState {
    bytes32 root;
    BatchSlot slot;
}

/// @title Batches
abstract contract Batches is Closings {
    using Bytes for bytes;
    using SafeCast for uint256;
    using WindowHeader for bytes;

    uint256 private constant BATCHES_PER_PROJECT = 1_000_000;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;

    mapping(uint64 batchId => BatchState) private _batches;

    /// @inheritdoc IBatches
    function submit(
        Submission calldata submission,
        bytes calldata closings
    ) external returns (uint64 batchId) {
        ProjectState storage state = _projects[submission.projectId];
        _checkSubmission(submission, state);

        batchId = _nextBatchId(submission.projectId, state);
        Energy memory energy = _advance(batchId, submission, closings);
        uint16 vintage = _checkVintage(submission, energy, state);
        _credit(batchId, submission, energy, vintage, state);
    }

    /// @inheritdoc IBatches
    function mint(uint64 batchId) external {
        BatchState storage state = _batches[batchId];
        BatchSlot slot = state.slot;
        BatchStatus status = slot.status();
        uint64 grams = slot.grams();
        if (status == BatchStatus.None) revert BatchUnknown(batchId);
        if (status == BatchStatus.Minted) revert BatchAlreadyMinted(batchId);
        if (grams == 0) revert BatchEmpty(batchId);
        // Safe unchecked cast: the batch exists, so its id was made from a uint32.
        uint32 projectId = uint32(batchId / BATCHES_PER_PROJECT);
        _checkProjectOwner(projectId);

        state.slot = slot.minted();

        uint256 creditId = projectId * VINTAGES_PER_PROJECT + slot.vintage();
        uint64 firstSerial = _credits().issue(msg.sender, creditId, grams);

        emit BatchMinted(batchId, msg.sender, creditId, grams, firstSerial);
    }

    /// @inheritdoc IBatches
    function batch(uint64 batchId) external view returns (Batch memory) {
        BatchState storage state = _batches[batchId];
        BatchSlot slot = state.slot;
        return
            Batch({
                root: state.root,
                grams: slot.grams(),
                creditableWh: slot.creditableWh(),
                periodEnd: slot.periodEnd(),
                vintage: slot.vintage(),
                status: slot.status(),
                blockNumber: slot.blockNumber()
            });
    }

    /// @inheritdoc IBatches
    function readingAt(
        uint64 batchId,
        bytes calldata header,
        bytes calldata readings,
        uint256 index,
        bytes32[] calldata proof
    ) external view returns (Reading memory) {
        _checkLeaf(batchId, header, proof);
        uint256 count = header.countOf();
        if (readings.length != count * ReadingCodec.SIZE) {
            revert CountMismatch(readings.length, count * ReadingCodec.SIZE);
        }
        bytes32 found = readings.sha256Of();
        bytes32 expected = header.readingsHashOf();
        if (found != expected) revert ReadingsHashMismatch(found, expected);
        if (index >= count) revert ReadingUnknown(index, count);
        return ReadingCodec.decodeAt(readings, index);
    }

    /// @dev The contract that credits are issued in.
    function _credits() internal view virtual returns (ICarbonCredit);

    /// @dev Moves every device forward and adds up what the devices exported and imported.
    function _advance(
        uint64 batchId,
        Submission calldata submission,
        bytes calldata closings
    ) private returns (Energy memory energy) {
        Frame memory frame = Frame({
            batchId: batchId,
            projectId: submission.projectId,
            periodStart: submission.periodStart,
            periodEnd: submission.periodEnd,
            domain: _domain()
        });
        (energy.exportedWh, energy.importedWh) = _advanceAll(frame, closings);

        energy.deductedWh = submission.deductedWh;
        if (energy.deductedWh > energy.exportedWh) {
            revert DeductionExceedsExport(energy.deductedWh, energy.exportedWh);
        }
    }

    function _checkSubmission(
        Submission calldata submission,
        ProjectState storage state
    ) private view {
        address submitter = state.submitter;
        if (msg.sender != submitter) {
            revert NotSubmitter(submission.projectId, msg.sender, submitter);
        }
        Checks.period(submission.periodStart, submission.periodEnd);
        if (submission.periodEnd > block.timestamp) {
            revert PeriodInFuture(submission.periodEnd, block.timestamp);
        }
    }

    function _nextBatchId(
        uint32 projectId,
        ProjectState storage state
    ) private view returns (uint64) {
        // No overflow, and a safe unchecked cast: below 2^32 x 10^6 < 2^64.
        unchecked {
            uint256 number = uint256(state.batchCount) + 1;
            if (number == BATCHES_PER_PROJECT) {
                revert BatchLimitReached(projectId, BATCHES_PER_PROJECT - 1);
            }
            return uint64(projectId * BATCHES_PER_PROJECT + number);
        }
    }

    /// @dev Reverts unless `header` is well-formed, of this registry and a leaf of the batch.
    function _checkLeaf(
        uint64 batchId,
        bytes calldata header,
        bytes32[] calldata proof
    ) private view {
        BatchState storage state = _batches[batchId];
        if (state.slot.status() == BatchStatus.None) revert BatchUnknown(batchId);
        if (header.length != WindowHeader.SIZE) {
            revert WindowHeader.WindowTruncated(header.length, WindowHeader.SIZE);
        }
        _checkOrigin(header, _domain());
        header.checkTimeOrder();
        bytes32 headerHash = header.sha256Of();
        if (!MerkleProof.verifyCalldata(proof, state.root, headerHash)) {
            revert NotInBatch(batchId, headerHash);
        }
    }

    /// @dev The vintage of the batch. Energy that counts lies in one, and in the crediting period.
    function _checkVintage(
        Submission calldata submission,
        Energy memory energy,
        ProjectState storage state
    ) private view returns (uint16) {
        bool counts = energy.deductedWh < energy.exportedWh;
        (uint256 periodStart, uint256 periodEnd) = (submission.periodStart, submission.periodEnd);
        (uint40 from, uint40 until) = (state.creditingFrom, state.creditingUntil);
        if (periodEnd > until || (counts && periodStart < from)) {
            revert OutsideCreditingPeriod(periodStart, periodEnd, from, until);
        }

        int16 utcOffsetMinutes = state.utcOffsetMinutes;
        uint256 firstYear = VintageCalendar.yearOf(periodStart, utcOffsetMinutes);
        // The period is (periodStart, periodEnd]: midnight at its end belongs to the day before.
        uint256 lastYear = VintageCalendar.yearOf(periodEnd - 1, utcOffsetMinutes);
        if (counts && firstYear != lastYear) revert VintageSpan(firstYear, lastYear);
        return lastYear.toUint16();
    }

    /// @dev Computes the credit, stores the batch and what the project carries on.
    function _credit(
        uint64 batchId,
        Submission calldata submission,
        Energy memory energy,
        uint16 vintage,
        ProjectState storage state
    ) private {
        uint32 factorUgPerWh = state.factorUgPerWh;
        Carry memory opening = Carry(state.deficitWh, state.remainderUg);
        (uint256 creditableWh, uint256 grams, Carry memory carried) = Crediting.creditDown(
            energy,
            factorUgPerWh,
            opening
        );

        // Safe unchecked casts: both are bounded where they are made.
        state.deficitWh = carried.deficitWh.toUint64();
        state.remainderUg = uint32(carried.remainderUg);
        state.batchCount = uint32(batchId % BATCHES_PER_PROJECT);
        _batches[batchId] = BatchState({
            root: submission.root,
            slot: BatchSlots.submitted(
                grams.toUint64(),
                creditableWh.toUint64(),
                submission.periodEnd,
                vintage,
                uint40(block.number)
            )
        });

        emit BatchSubmitted(
            batchId,
            submission.projectId,
            submission.root,
            submission.fileDigest,
            submission.periodStart,
            submission.periodEnd,
            vintage,
            energy.exportedWh.toUint64(),
            energy.importedWh.toUint64(),
            submission.deductedWh,
            uint64(creditableWh),
            uint64(grams),
            factorUgPerWh,
            uint64(opening.deficitWh),
            uint32(opening.remainderUg)
        );
    }
}
