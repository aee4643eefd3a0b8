// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, Submission} from "../types/Batch.sol";
import {DeviceSlot} from "../types/DeviceSlot.sol";
import {Reading} from "../types/Reading.sol";

/// @title IBatches
/// @notice Batches of signed windows, and the credit that the contract computes from them itself.
interface IBatches {
    /// @notice A batch was accepted. The opening values are those carried from the batch before.
    event BatchSubmitted(
        uint64 indexed batchId,
        uint32 indexed projectId,
        bytes32 root,
        bytes32 fileDigest,
        uint40 periodStart,
        uint40 periodEnd,
        uint16 vintage,
        uint64 exportedWh,
        uint64 importedWh,
        uint64 deductedWh,
        uint64 creditableWh,
        uint64 grams,
        uint32 factorUgPerWh,
        uint64 openingDeficitWh,
        uint32 openingRemainderUg
    );

    /// @notice A device moved from one credited state to the next; one event per closing of a batch.
    /// @dev The slots as they are stored (SPEC section 8): with the opening, anybody can see a gap.
    event DeviceAdvanced(
        uint64 indexed batchId,
        bytes32 indexed deviceId,
        DeviceSlot opening,
        DeviceSlot closing
    );

    /// @notice A batch was minted to the project owner.
    event BatchMinted(
        uint64 indexed batchId,
        address indexed owner,
        uint256 indexed creditId,
        uint64 grams,
        uint64 firstSerial
    );

    /// @notice The caller may not submit; `submitter` is 0 when the project is not validated.
    error NotSubmitter(uint32 projectId, address caller, address submitter);

    /// @notice The period ends after the block, Unix seconds.
    error PeriodInFuture(uint256 periodEnd, uint256 blockTimestamp);

    /// @notice The period is not within the crediting period, Unix seconds.
    error OutsideCreditingPeriod(
        uint256 periodStart,
        uint256 periodEnd,
        uint256 creditingFrom,
        uint256 creditingUntil
    );

    /// @notice The period lies in more than one calendar year of the project.
    error VintageSpan(uint256 firstYear, uint256 lastYear);

    /// @notice The device's opening or closing state is outside the period, Unix seconds.
    error OutsidePeriod(
        bytes32 deviceId,
        uint256 openingClosedAt,
        uint256 closedAt,
        uint256 periodStart,
        uint256 periodEnd
    );

    /// @notice The window's sequence is not after the last credited one.
    error SequenceReplay(bytes32 deviceId, uint256 sequence, uint256 lastSequence);

    /// @notice A register is behind the last credited one, Wh.
    error RegisterRollback(
        bytes32 deviceId,
        uint256 exportWh,
        uint256 importWh,
        uint256 lastExportWh,
        uint256 lastImportWh
    );

    /// @notice More energy than the device's capacity allows in that time, Wh.
    error CapacityExceeded(bytes32 deviceId, uint256 exportedWh, uint256 allowedWh);

    /// @notice More is deducted than was exported, Wh.
    error DeductionExceedsExport(uint256 deductedWh, uint256 exportedWh);

    /// @notice The project has `limit` batches, the most that its range of ids holds.
    error BatchLimitReached(uint32 projectId, uint256 limit);

    /// @notice No batch has this id.
    error BatchUnknown(uint64 batchId);

    /// @notice The batch was minted before.
    error BatchAlreadyMinted(uint64 batchId);

    /// @notice The batch has no gram to mint.
    error BatchEmpty(uint64 batchId);

    /// @notice The window's header is not a leaf of the batch.
    error NotInBatch(uint64 batchId, bytes32 headerHash);

    /// @notice The readings are not as many as the header says.
    error CountMismatch(uint256 length, uint256 expectedLength);

    /// @notice The readings do not hash to the header's hash.
    error ReadingsHashMismatch(bytes32 found, bytes32 expected);

    /// @notice The window has no reading with this index.
    error ReadingUnknown(uint256 index, uint256 count);

    /// @notice Credits what the devices of a project exported since their last credited windows.
    ///
    /// Notes:
    /// - verifies the signature of each closing window itself; the submitter can only deduct;
    /// - `closings` is one record of 304 bytes per device: public key 64, signature 64, header 176;
    /// - a submission that deducts all it exports credits nothing. It alone may span two vintages or
    ///   begin before the crediting period: it moves devices to where crediting can begin.
    ///
    /// Requirements:
    /// - the caller is the project's submitter;
    /// - `periodStart` < `periodEnd` <= the block's time, in one vintage, in the crediting period;
    /// - each device is bound to the project and not revoked when its window closes;
    /// - each window is of this registry, well-formed, rightly signed, and lies forward of the last
    ///   credited one in sequence, time and registers, within the period and the device's capacity;
    /// - `deductedWh` <= what all devices exported.
    ///
    /// @return batchId projectId x 1,000,000 + number.
    function submit(
        Submission calldata submission,
        bytes calldata closings
    ) external returns (uint64 batchId);

    /// @notice Mints a batch to the project owner, who must be the caller. Once per batch.
    ///
    /// Requirements:
    /// - the batch exists, was not minted and has at least one gram;
    /// - the caller owns the project.
    function mint(uint64 batchId) external;

    /// @notice A batch as it stands. All is zero when there is no such batch.
    function batch(uint64 batchId) external view returns (Batch memory);

    /// @notice A single reading, proven to be in a batch.
    ///
    /// Notes:
    /// - this proves membership. Signatures other than those of closing windows are in the batch file.
    ///
    /// Requirements:
    /// - the batch exists, `header` is well-formed and a leaf of it;
    /// - `readings` are those of the header, and `index` is one of them.
    ///
    /// @param header The window's 176 bytes.
    /// @param readings All readings of the window, 88 bytes each.
    /// @param index Which of them, from 0.
    /// @param proof Partners from the leaf upwards.
    function readingAt(
        uint64 batchId,
        bytes calldata header,
        bytes calldata readings,
        uint256 index,
        bytes32[] calldata proof
    ) external view returns (Reading memory);
}
