// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Batch, BatchStatus, ClaimKind, Submission} from "../types/Batch.sol";
import {BatchSlot, BatchSlots} from "../types/BatchSlot.sol";
import {BatchTerms} from "../types/BatchTerms.sol";
import {Carry, Crediting, Energy} from "../libraries/Crediting.sol";
import {Checks} from "../libraries/Checks.sol";
import {Closings, Frame} from "./Closings.sol";
import {IBatches} from "../interfaces/IBatches.sol";
import {ICarbonCredit} from "../interfaces/ICarbonCredit.sol";
import {IEnergyCertificate} from "../interfaces/IEnergyCertificate.sol";
import {IRecourse} from "../interfaces/IRecourse.sol";
import {ProjectState} from "./Projects.sol";
import {VintageCalendar} from "../libraries/VintageCalendar.sol";

/// @dev A batch in two slots.
struct BatchState {
    bytes32 root;
    BatchSlot slot;
}

/// @title Batches
abstract contract Batches is Closings {
    using SafeCast for uint256;

    uint256 private constant BATCHES_PER_PROJECT = 1_000_000;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;

    mapping(uint64 batchId => BatchState) private _batches;

    /// @inheritdoc IBatches
    function submit(
        Submission calldata submission,
        bytes calldata closings
    ) external returns (uint64 batchId) {
        _checkNotPaused();
        ProjectState storage state = _projects[submission.projectId];
        _checkSubmission(submission, state);

        batchId = _nextBatchId(submission.projectId, state);
        Energy memory energy = _advance(batchId, submission, closings);
        uint16 vintage = _checkVintage(submission, energy, state);
        _credit(batchId, submission, energy, vintage, state);
    }

    /// @inheritdoc IBatches
    function mint(uint64 batchId) external {
        (BatchSlot slot, uint32 projectId) = _takeMintable(batchId);
        if (_projects[projectId].blocked) revert ProjectIsBlocked(projectId);

        _issue(batchId, slot, projectId);
    }

    /// @inheritdoc IBatches
    function mintForDebt(uint64 batchId) external {
        (BatchSlot slot, uint32 projectId) = _takeMintable(batchId);

        (uint256 creditId, uint64 amount) = _issue(batchId, slot, projectId);
        _recourse().collect(projectId, slot.terms().kind(), creditId, amount);
    }

    /// @inheritdoc IBatches
    function settle(uint64 batchId, BatchStatus status) external {
        BatchState storage state = _batches[batchId];
        BatchSlot slot = state.slot;
        BatchStatus from = slot.status();
        if (!_maySettle(from, status)) revert BatchNotToSettle(batchId, msg.sender, from, status);

        state.slot = slot.withStatus(status);

        emit BatchSettled(batchId, status);
    }

    /// @inheritdoc IBatches
    function blockProject(uint32 projectId, bool isBlocked) external {
        if (msg.sender != address(_recourse())) revert NotRecourse(msg.sender);

        _projects[projectId].blocked = isBlocked;

        emit ProjectBlocked(projectId, isBlocked);
    }

    /// @inheritdoc IBatches
    function batch(uint64 batchId) external view returns (Batch memory) {
        BatchState storage state = _batches[batchId];
        BatchSlot slot = state.slot;
        BatchTerms terms = slot.terms();
        return
            Batch({
                root: state.root,
                grams: slot.grams(),
                creditableWh: slot.creditableWh(),
                periodEnd: slot.periodEnd(),
                vintage: slot.vintage(),
                status: slot.status(),
                blockNumber: slot.blockNumber(),
                approvals: terms.approvals(),
                recomputation: terms.recomputation(),
                kind: terms.kind()
            });
    }

    /// @dev The contract that credits are issued in.
    function _credits() internal view virtual returns (ICarbonCredit);

    /// @dev The contract that energy certificates are issued in.
    function _certificates() internal view virtual returns (IEnergyCertificate);

    /// @dev The contract that voids batches and keeps the debts of projects.
    function _recourse() internal view virtual returns (IRecourse);

    /// @dev Marks a batch as minted and answers how it was before.
    function _takeMintable(uint64 batchId) private returns (BatchSlot slot, uint32 projectId) {
        BatchState storage state = _batches[batchId];
        slot = state.slot;
        BatchStatus status = slot.status();
        if (status == BatchStatus.None) revert BatchUnknown(batchId);
        if (status == BatchStatus.Minted) revert BatchAlreadyMinted(batchId);
        if (status != BatchStatus.Verified) revert BatchNotVerified(batchId, status);
        // Safe unchecked cast: the batch exists, so its id was made from a uint32.
        projectId = uint32(batchId / BATCHES_PER_PROJECT);
        _checkProjectOwner(projectId);

        state.slot = slot.withStatus(BatchStatus.Minted);
    }

    /// @return creditId In the contract that fits the batch's claim.
    /// @return amount What the owner received of it.
    function _issue(
        uint64 batchId,
        BatchSlot slot,
        uint32 projectId
    ) private returns (uint256 creditId, uint64 amount) {
        creditId = projectId * VINTAGES_PER_PROJECT + slot.vintage();
        if (slot.terms().kind() == ClaimKind.Energy) {
            amount = _issueEnergy(batchId, creditId, slot.creditableWh());
            return (creditId, amount);
        }
        uint64 grams = slot.grams();
        if (grams == 0) revert BatchEmpty(batchId);
        uint64 bufferGrams = Crediting.shareUp(grams, _projects[projectId].bufferBps);
        uint64 firstSerial = _credits().issue(msg.sender, creditId, grams, bufferGrams);

        emit BatchMinted(batchId, msg.sender, creditId, grams, firstSerial);
        return (creditId, grams - bufferGrams);
    }

    function _issueEnergy(
        uint64 batchId,
        uint256 certificateId,
        uint64 creditableWh
    ) private returns (uint64 certificates) {
        if (creditableWh == 0) revert BatchEmpty(batchId);
        uint64 firstSerial;
        (certificates, firstSerial) = _certificates().issue(
            msg.sender,
            certificateId,
            creditableWh
        );

        emit EnergyMinted(
            batchId,
            msg.sender,
            certificateId,
            creditableWh,
            certificates,
            firstSerial
        );
    }

    /// @dev Verifiers decide on what was submitted, and only recourse undoes what they let pass.
    function _maySettle(BatchStatus from, BatchStatus to) private view returns (bool) {
        if (msg.sender == verification) {
            return
                from == BatchStatus.Submitted &&
                (to == BatchStatus.Verified || to == BatchStatus.Rejected);
        }
        return
            msg.sender == address(_recourse()) &&
            (from == BatchStatus.Verified || from == BatchStatus.Minted) &&
            to == BatchStatus.Voided;
    }

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
        BatchTerms terms = state.terms;
        // Energy that is claimed as such avoids nothing: its grams are 0, and what is carried stays.
        uint32 factorUgPerWh = terms.kind() == ClaimKind.Energy ? 0 : state.factorUgPerWh;
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
                uint40(block.number),
                terms
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
        if (terms.demandsNothing()) emit BatchSettled(batchId, BatchStatus.Verified);
    }
}
