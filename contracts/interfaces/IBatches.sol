// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus, ClaimKind, Submission} from "../types/Batch.sol";
import {DeviceSlot} from "../types/DeviceSlot.sol";

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

    /// @notice An energy batch was minted to the project owner, as certificates of 1 MWh. What makes no
    /// whole one is carried to the next batch of the vintage.
    event EnergyMinted(
        uint64 indexed batchId,
        address indexed owner,
        uint256 indexed certificateId,
        uint64 creditableWh,
        uint64 certificates,
        uint64 firstSerial
    );

    /// @notice The batch has another status: verified when all that the methodology version demands is
    /// there, rejected or voided when it was found wrong before or after that.
    event BatchSettled(uint64 indexed batchId, BatchStatus status);

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

    /// @notice The caller can't bring a batch from one status to the other: verification decides on
    /// submitted batches, recourse voids verified and minted ones.
    error BatchNotToSettle(uint64 batchId, address caller, BatchStatus from, BatchStatus to);

    /// @notice The batch is not verified (yet), or was found wrong.
    error BatchNotVerified(uint64 batchId, BatchStatus status);

    /// @notice A debt or a void that was announced keeps the project from minting.
    error ProjectIsBlocked(uint32 projectId);

    /// @notice The project owes nothing of this kind; {IRecourse} says so.
    error DebtMissing(uint32 projectId, ClaimKind kind);

    /// @notice The project owes for the other kind too, which has to be cured first; {IRecourse} says so.
    error OtherDebtOwed(uint32 projectId, ClaimKind kind, uint256 owed);

    /// @notice A void of a batch of the project is announced; {IRecourse} says so.
    error VoidPending(uint32 projectId, uint256 announcedVoids);

    /// @notice Only the contract that voids batches may call this.
    error NotRecourse(address caller);

    /// @notice The batch was minted before.
    error BatchAlreadyMinted(uint64 batchId);

    /// @notice The batch has no gram to mint.
    error BatchEmpty(uint64 batchId);

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
    /// - `deductedWh` <= what all devices exported;
    /// - submissions are not paused.
    ///
    /// @return batchId projectId x 1,000,000 + number.
    function submit(
        Submission calldata submission,
        bytes calldata closings
    ) external returns (uint64 batchId);

    /// @notice Mints a batch to the project owner, who must be the caller. Once per batch.
    ///
    /// Notes:
    /// - the buffer's share, as the methodology version says, stays with the credit contract.
    ///
    /// Requirements:
    /// - the batch is verified, was not minted and has at least one gram, or Wh;
    /// - the caller owns the project, which is not blocked.
    function mint(uint64 batchId) external;

    /// @notice Mints a batch of a project in debt: what it owes is paid first, the owner has the rest.
    ///
    /// Requirements: as {mint}, but the project has a debt, and no void of a batch of it is announced.
    function mintForDebt(uint64 batchId) external;

    /// @notice Verifies, rejects or voids a batch.
    ///
    /// Requirements:
    /// - the caller is the verification contract and the batch is submitted: verified or rejected;
    /// - or the caller is the recourse contract and it is verified or minted: voided.
    function settle(uint64 batchId, BatchStatus status) external;

    /// @notice Keeps a project from minting, or no more.
    ///
    /// Requirements: the caller is the recourse contract.
    function blockProject(uint32 projectId, bool isBlocked) external;

    /// @notice A batch as it stands. All is zero when there is no such batch.
    function batch(uint64 batchId) external view returns (Batch memory);
}
