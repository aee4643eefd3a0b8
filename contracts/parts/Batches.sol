// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import { MerkleProof } from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { Batch, BatchStatus, Submission } from "../types/Batch.sol";
import { Carry, Crediting, Energy } from "../libraries/Crediting.sol";
import { Checks } from "../libraries/Checks.sol";
import { Closing, WindowHeader } from "../libraries/WindowHeader.sol";
import { DeviceStatus } from "../types/Device.sol";
import { DeviceSignature } from "../libraries/DeviceSignature.sol";
import { DeviceState, Devices } from "./Devices.sol";
import { IBatches } from "../interfaces/IBatches.sol";
import { ICarbonCredit } from "../interfaces/ICarbonCredit.sol";
import { ProjectState } from "./Projects.sol";
import { Reading } from "../types/Reading.sol";
import { ReadingCodec } from "../libraries/ReadingCodec.sol";
import { VintageCalendar } from "../libraries/VintageCalendar.sol";

/// @title Batches
abstract contract Batches is IBatches, Devices {
    using SafeCast for uint256;

    uint256 private constant BATCHES_PER_PROJECT = 1_000_000;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;

    uint256 private constant SIGNATURE_AT = DeviceSignature.PUBLIC_KEY_SIZE;
    uint256 private constant HEADER_AT = SIGNATURE_AT + DeviceSignature.SIZE;
    uint256 private constant CLOSING_SIZE = HEADER_AT + WindowHeader.SIZE;

    mapping(uint64 batchId => Batch) private _batches;

    /// @inheritdoc IBatches
    function submit(
        Submission calldata submission,
        bytes calldata closings
    ) external returns (uint64 batchId) {
        ProjectState storage state = _projects[submission.projectId];
        address submitter = state.submitter;
        if (msg.sender != submitter) {
            revert NotSubmitter(submission.projectId, msg.sender, submitter);
        }
        Checks.period(submission.periodStart, submission.periodEnd);
        if (submission.periodEnd > block.timestamp) {
            revert PeriodInFuture(submission.periodEnd, block.timestamp);
        }

        uint256 number = uint256(state.batchCount) + 1;
        if (number == BATCHES_PER_PROJECT) {
            revert BatchLimitReached(submission.projectId, BATCHES_PER_PROJECT - 1);
        }
        // Safe unchecked cast: below 2^32 x 10^6 < 2^64.
        batchId = uint64(submission.projectId * BATCHES_PER_PROJECT + number);

        Energy memory energy = _advanceAll(batchId, submission, closings);
        uint16 vintage = _checkVintage(submission, energy, state);
        _credit(batchId, submission, energy, vintage, state);
    }

    /// @inheritdoc IBatches
    function mint(uint64 batchId) external {
        Batch storage state = _batches[batchId];
        (uint64 grams, uint256 vintage, BatchStatus status) = (
            state.grams,
            state.vintage,
            state.status
        );
        if (status == BatchStatus.None) revert BatchUnknown(batchId);
        if (status == BatchStatus.Minted) revert BatchAlreadyMinted(batchId);
        if (grams == 0) revert BatchEmpty(batchId);
        // Safe unchecked cast: the batch exists, so its id was made from a uint32.
        uint32 projectId = uint32(batchId / BATCHES_PER_PROJECT);
        _checkProjectOwner(projectId);

        state.status = BatchStatus.Minted;

        uint256 creditId = projectId * VINTAGES_PER_PROJECT + vintage;
        uint64 firstSerial = _credits().issue(msg.sender, creditId, grams);

        emit BatchMinted(batchId, msg.sender, creditId, grams, firstSerial);
    }

    /// @inheritdoc IBatches
    function batch(uint64 batchId) external view returns (Batch memory) {
        return _batches[batchId];
    }

    /// @inheritdoc IBatches
    function readingAt(
        uint64 batchId,
        bytes calldata header,
        bytes calldata readings,
        uint256 index,
        bytes32[] calldata proof
    ) external view returns (Reading memory) {
        Batch storage state = _batches[batchId];
        if (state.status == BatchStatus.None) revert BatchUnknown(batchId);
        if (header.length != WindowHeader.SIZE) {
            revert WindowHeader.WindowTruncated(header.length, WindowHeader.SIZE);
        }
        bytes32 headerHash = sha256(header);
        if (!MerkleProof.verifyCalldata(proof, state.root, headerHash)) {
            revert NotInBatch(batchId, headerHash);
        }

        Closing memory closing = WindowHeader.parse(header);
        if (closing.domain != _domain()) revert DomainMismatch(closing.domain, _domain());
        WindowHeader.checkTimeOrder(closing);
        uint256 count = WindowHeader.countOf(header);
        if (readings.length != count * ReadingCodec.SIZE) {
            revert CountMismatch(readings.length, count * ReadingCodec.SIZE);
        }
        bytes32 found = sha256(readings);
        bytes32 expected = WindowHeader.readingsHashOf(header);
        if (found != expected) revert ReadingsHashMismatch(found, expected);
        if (index >= count) revert ReadingUnknown(index, count);
        return ReadingCodec.decodeAt(readings, index);
    }

    /// @dev The contract that credits are issued in.
    function _credits() internal view virtual returns (ICarbonCredit);

    /// @dev Moves every device forward and adds up what the devices exported and imported.
    function _advanceAll(
        uint64 batchId,
        Submission calldata submission,
        bytes calldata closings
    ) private returns (Energy memory energy) {
        if (closings.length == 0 || closings.length % CLOSING_SIZE != 0) {
            revert WindowHeader.WindowTruncated(
                closings.length,
                (closings.length / CLOSING_SIZE + 1) * CLOSING_SIZE
            );
        }

        bytes32 expectedDomain = _domain();
        for (uint256 start = 0; start < closings.length; start += CLOSING_SIZE) {
            bytes calldata record = closings[start:start + CLOSING_SIZE];
            (uint256 exportedWh, uint256 importedWh) = _advance(
                batchId,
                submission,
                record,
                expectedDomain
            );
            energy.exportedWh += exportedWh;
            energy.importedWh += importedWh;
        }

        energy.deductedWh = submission.deductedWh;
        if (energy.deductedWh > energy.exportedWh) {
            revert DeductionExceedsExport(energy.deductedWh, energy.exportedWh);
        }
    }

    /// @dev Checks one closing record, and puts it in the place of the device's last credited window.
    function _advance(
        uint64 batchId,
        Submission calldata submission,
        bytes calldata record,
        bytes32 expectedDomain
    ) private returns (uint256 exportedWh, uint256 importedWh) {
        Closing memory closing = WindowHeader.parse(record[HEADER_AT:]);
        if (closing.domain != expectedDomain) {
            revert DomainMismatch(closing.domain, expectedDomain);
        }
        DeviceState storage slot = _devices[closing.deviceId];
        DeviceState memory opening = slot;
        _checkMember(closing, opening, submission.projectId);
        WindowHeader.checkTimeOrder(closing);
        _checkSignature(closing.deviceId, record);
        _checkForward(closing, opening, submission);
        // No underflow: registers are not behind.
        exportedWh = closing.exportWh - opening.exportWh;
        importedWh = closing.importWh - opening.importWh;
        _checkCapacity(closing, opening, exportedWh);

        // Safe unchecked casts: WindowHeader.parse has checked the limits.
        slot.sequence = uint32(closing.sequence);
        slot.closedAt = uint40(closing.closedAt);
        slot.exportWh = uint56(closing.exportWh);
        slot.importWh = uint56(closing.importWh);

        emit DeviceAdvanced(
            batchId,
            closing.deviceId,
            uint32(closing.sequence),
            uint40(closing.closedAt),
            uint56(closing.exportWh),
            uint56(closing.importWh),
            uint64(exportedWh),
            uint64(importedWh)
        );
    }

    function _checkSignature(bytes32 deviceId, bytes calldata record) private view {
        DeviceSignature.check(
            deviceId,
            sha256(record[HEADER_AT:]),
            record[:SIGNATURE_AT],
            record[SIGNATURE_AT:HEADER_AT]
        );
    }

    function _checkMember(
        Closing memory closing,
        DeviceState memory opening,
        uint32 projectId
    ) private view {
        bytes32 deviceId = closing.deviceId;
        if (opening.projectId != projectId) {
            if (opening.status == DeviceStatus.None) revert DeviceUnknown(deviceId);
            if (opening.projectId == 0) revert DeviceUnbound(deviceId);
            revert DeviceOfOtherProject(deviceId, opening.projectId, projectId);
        }
        _checkNotRevoked(deviceId, opening.status, closing.closedAt);
    }

    function _checkForward(
        Closing memory closing,
        DeviceState memory opening,
        Submission calldata submission
    ) private pure {
        if (closing.sequence <= opening.sequence) {
            revert SequenceReplay(closing.deviceId, closing.sequence, opening.sequence);
        }
        if (closing.closedAt <= opening.closedAt) {
            revert TimeOverlap(closing.deviceId, closing.closedAt, opening.closedAt);
        }
        if (closing.exportWh < opening.exportWh || closing.importWh < opening.importWh) {
            revert RegisterRollback(
                closing.deviceId,
                closing.exportWh,
                closing.importWh,
                opening.exportWh,
                opening.importWh
            );
        }
        if (
            opening.closedAt < submission.periodStart || closing.closedAt > submission.periodEnd
        ) {
            revert OutsidePeriod(
                closing.deviceId,
                opening.closedAt,
                closing.closedAt,
                submission.periodStart,
                submission.periodEnd
            );
        }
    }

    /// @dev One Wh is allowed for the rounding of the register (SPEC section 7).
    function _checkCapacity(
        Closing memory closing,
        DeviceState memory opening,
        uint256 exportedWh
    ) private pure {
        uint256 allowedWs = opening.capacityW * (closing.closedAt - opening.closedAt) + 1 hours;
        if (exportedWh * 1 hours > allowedWs) {
            revert CapacityExceeded(closing.deviceId, exportedWh, allowedWs / 1 hours);
        }
    }

    /// @dev The vintage of the batch. Energy that counts lies in one, and in the crediting period.
    function _checkVintage(
        Submission calldata submission,
        Energy memory energy,
        ProjectState storage state
    ) private view returns (uint16) {
        int16 utcOffsetMinutes = state.utcOffsetMinutes;
        // The period is (periodStart, periodEnd]: midnight at its end belongs to the day before.
        uint256 lastYear = VintageCalendar.yearOf(submission.periodEnd - 1, utcOffsetMinutes);
        if (energy.deductedWh < energy.exportedWh) {
            (uint40 from, uint40 until) = (state.creditingFrom, state.creditingUntil);
            if (submission.periodStart < from || submission.periodEnd > until) {
                revert OutsideCreditingPeriod(
                    submission.periodStart,
                    submission.periodEnd,
                    from,
                    until
                );
            }
            uint256 firstYear = VintageCalendar.yearOf(submission.periodStart, utcOffsetMinutes);
            if (firstYear != lastYear) revert VintageSpan(firstYear, lastYear);
        }
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
        _batches[batchId] = Batch({
            root: submission.root,
            grams: grams.toUint64(),
            creditableWh: creditableWh.toUint64(),
            periodEnd: submission.periodEnd,
            vintage: vintage,
            status: BatchStatus.Submitted,
            blockNumber: uint40(block.number)
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
