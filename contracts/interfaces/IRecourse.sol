// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ClaimKind} from "../types/Batch.sol";
import {IOpinions} from "./IOpinions.sol";
import {SignedOpinion} from "../types/Opinion.sol";

/// @notice What a project owes because batches of it were voided.
/// @param grams Carbon credits.
/// @param certificates Energy certificates.
/// @param announcedVoids Voids that were announced and neither executed nor cancelled.
struct Debt {
    uint64 grams;
    uint64 certificates;
    uint16 announcedVoids;
}

/// @title IRecourse
/// @notice What happens when a batch that was verified turns out wrong: it is voided, and what it
/// issued is drawn from its owner's balance, then from the buffer; the rest stands as the project's
/// debt, and keeps it from minting until it is cured.
interface IRecourse is IOpinions {
    /// @notice Enough verifiers found a batch wrong; from `executableFrom` on anyone may void it.
    event VoidAnnounced(uint64 indexed batchId, uint32 indexed projectId, uint40 executableFrom);

    /// @notice The admin stopped a void that was announced; all opinions on it are set aside.
    event VoidCancelled(uint64 indexed batchId, uint32 indexed projectId, uint8 nextRound);

    /// @notice A batch was voided. What nobody gave is a debt now.
    event VoidExecuted(
        uint64 indexed batchId,
        uint32 indexed projectId,
        ClaimKind kind,
        uint64 missing
    );

    /// @notice Part of a debt was cured with credits or certificates that were taken out of circulation.
    event DebtCured(
        uint32 indexed projectId,
        address indexed by,
        ClaimKind kind,
        uint256 id,
        uint64 amount,
        uint64 left
    );

    /// @notice The batch is neither verified nor minted: there is nothing to void.
    error BatchNotVoidable(uint64 batchId);

    /// @notice The void was announced already.
    error VoidAnnouncedAlready(uint64 batchId, uint256 executableFrom);

    /// @notice No void of the batch is announced.
    error VoidNotAnnounced(uint64 batchId);

    /// @notice The notice is not over, Unix seconds.
    error VoidTooEarly(uint64 batchId, uint256 executableFrom, uint256 blockTimestamp);

    /// @notice A void of a batch of the project is announced; until it is decided the project can't mint.
    error VoidPending(uint32 projectId, uint256 announcedVoids);

    /// @notice The project owes nothing of this kind.
    error DebtMissing(uint32 projectId, ClaimKind kind);

    /// @notice The project owes for the other kind too, which has to be cured first.
    error OtherDebtOwed(uint32 projectId, ClaimKind kind, uint256 owed);

    /// @notice More, or less than one, is handed in than is owed.
    error CureOutOfRange(uint32 projectId, uint256 amount, uint256 owed);

    /// @notice The verifier is not accredited at this time; {IVerifiers} says so.
    error VerifierNotAccredited(address verifier, uint256 from, uint256 until);

    /// @notice Only the registry collects.
    error NotRegistry(address caller);

    /// @notice Only the admin of the registry cancels.
    error NotAdmin(address caller, address admin);

    /// @notice Counts verifiers' opinions that a batch is wrong. As many as the methodology version asks
    /// to approve, and at least two, announce its void: from then on the project can't mint, and after
    /// the notice anyone may execute it.
    ///
    /// Requirements:
    /// - the batch is verified or minted, has this root, and its void is not announced;
    /// - each opinion says Void, with the hash of its reasons and the round of {roundOf}, and meets
    ///   {ITonneVerification-opine} otherwise.
    function announceVoid(uint64 batchId, bytes32 root, SignedOpinion[] calldata opinions) external;

    /// @notice Stops a void within its notice, for instance when keys of verifiers were stolen.
    ///
    /// Requirements:
    /// - the caller is the registry's admin;
    /// - the void is announced.
    function cancelVoid(uint64 batchId) external;

    /// @notice Voids a batch and makes it whole, as far as the owner's balance and the buffer reach.
    ///
    /// Requirements: the void is announced and its notice is over.
    function executeVoid(uint64 batchId) external;

    /// @notice Hands in the caller's credits or certificates for the debt of a project.
    ///
    /// Requirements:
    /// - `amount` is at least one, and at most what the project owes of this kind;
    /// - the caller holds them, of whatever project and vintage.
    function cure(uint32 projectId, ClaimKind kind, uint256 id, uint64 amount) external;

    /// @notice Takes what a mint for debt issued, as far as the project owes it.
    ///
    /// Requirements:
    /// - the caller is the registry, which just issued `amount` to the project's owner;
    /// - no void is announced, and the project owes something of this kind.
    function collect(uint32 projectId, ClaimKind kind, uint256 id, uint64 amount) external;

    /// @notice What a project owes, and how many voids of its batches are announced.
    function debtOf(uint32 projectId) external view returns (Debt memory);

    /// @notice When a void may be executed, Unix seconds; 0 when none is announced.
    function executableFrom(uint64 batchId) external view returns (uint40);

    /// @notice What an opinion to void has to be signed for: how often the admin cancelled.
    function roundOf(uint64 batchId) external view returns (uint8);

    /// @notice How many verifiers said in this round that the batch is wrong.
    function votesOf(uint64 batchId) external view returns (uint256);

    /// @notice The registry whose batches are voided.
    function registry() external view returns (address);
}
