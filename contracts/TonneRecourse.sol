// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Batch, BatchStatus, ClaimKind} from "./types/Batch.sol";
import {Debt, IRecourse} from "./interfaces/IRecourse.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {IVerifiers} from "./interfaces/IVerifiers.sol";
import {IVoidable} from "./interfaces/IVoidable.sol";
import {Opinions} from "./parts/Opinions.sol";
import {SignedOpinion, Verdict} from "./types/Opinion.sol";
import {Tally} from "./types/Tally.sol";

/// @title TonneRecourse
/// @notice Immutable. Verifiers announce, the admin can only stop, anyone executes.
contract TonneRecourse is IRecourse, Opinions {
    uint256 private constant BATCHES_PER_PROJECT = 1_000_000;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;
    uint256 private constant FEWEST_VOTES = 2;

    ITonneRegistry private immutable REGISTRY;
    IVerifiers private immutable VERIFIERS;
    IVoidable private immutable CREDIT;
    IVoidable private immutable ENERGY_CERTIFICATE;

    /// @inheritdoc IRecourse
    mapping(uint64 batchId => uint40) public executableFrom;
    mapping(uint32 projectId => Debt) private _debts;

    constructor(
        ITonneRegistry registry_,
        IVerifiers verifiers,
        IVoidable credit,
        IVoidable energyCertificate
    ) {
        REGISTRY = registry_;
        VERIFIERS = verifiers;
        CREDIT = credit;
        ENERGY_CERTIFICATE = energyCertificate;
    }

    /// @inheritdoc IRecourse
    function announceVoid(
        uint64 batchId,
        bytes32 root,
        SignedOpinion[] calldata opinions
    ) external {
        Batch memory batch = _getVoidable(batchId, root);
        if (opinions.length == 0) revert OpinionMissing(batchId);

        Tally tally = _tallies[batchId];
        uint256 needed = Math.max(batch.approvals, FEWEST_VOTES);
        for (uint256 i = 0; i < opinions.length; ++i) {
            SignedOpinion calldata opinion = opinions[i];
            if (opinion.verdict != Verdict.Void) {
                revert VerdictUnknown(opinion.verifier, opinion.verdict);
            }
            if (tally.rejections() == needed) revert OpinionNotNeeded(batchId, opinion.verifier);
            tally = _count(batchId, root, tally, opinion);
        }
        _tallies[batchId] = tally;
        if (tally.rejections() == needed) _announce(batchId);
    }

    /// @inheritdoc IRecourse
    function cancelVoid(uint64 batchId) external {
        address admin = Ownable(address(REGISTRY)).owner();
        if (msg.sender != admin) revert NotAdmin(msg.sender, admin);
        uint32 projectId = _endNotice(batchId);

        Tally next = _tallies[batchId].nextRound();
        _tallies[batchId] = next;
        _unblock(projectId);

        emit VoidCancelled(batchId, projectId, next.round());
    }

    /// @inheritdoc IRecourse
    function executeVoid(uint64 batchId) external {
        uint256 from = executableFrom[batchId];
        if (block.timestamp < from) revert VoidTooEarly(batchId, from, block.timestamp);
        uint32 projectId = _endNotice(batchId);

        Batch memory batch = REGISTRY.batch(batchId);
        REGISTRY.settle(batchId, BatchStatus.Voided);
        uint64 missing = batch.status == BatchStatus.Minted ? _draw(projectId, batch) : 0;
        if (batch.kind == ClaimKind.Carbon) _debts[projectId].grams += missing;
        else _debts[projectId].certificates += missing;
        _unblock(projectId);

        emit VoidExecuted(batchId, projectId, batch.kind, missing);
    }

    /// @inheritdoc IRecourse
    function cure(uint32 projectId, ClaimKind kind, uint256 id, uint64 amount) external {
        uint64 owed = _owed(projectId, kind);
        if (amount == 0 || amount > owed) revert CureOutOfRange(projectId, amount, owed);

        _pay(projectId, kind, owed - amount);
        _claims(kind).surrender(msg.sender, id, amount);

        emit DebtCured(projectId, msg.sender, kind, id, amount, owed - amount);
    }

    /// @inheritdoc IRecourse
    function collect(uint32 projectId, ClaimKind kind, uint256 id, uint64 amount) external {
        if (msg.sender != address(REGISTRY)) revert NotRegistry(msg.sender);
        uint256 announced = _debts[projectId].announcedVoids;
        if (announced > 0) revert VoidPending(projectId, announced);
        uint64 owed = _owed(projectId, kind);
        if (owed == 0) revert DebtMissing(projectId, kind);
        _checkOwesNothing(
            projectId,
            kind == ClaimKind.Carbon ? ClaimKind.Energy : ClaimKind.Carbon
        );
        address owner = REGISTRY.projectOwner(projectId);
        // Safe unchecked cast: at most `amount`.
        uint64 paid = uint64(Math.min(owed, amount));

        _pay(projectId, kind, owed - paid);
        _claims(kind).surrender(owner, id, paid);

        emit DebtCured(projectId, owner, kind, id, paid, owed - paid);
    }

    /// @inheritdoc IRecourse
    function debtOf(uint32 projectId) external view returns (Debt memory) {
        return _debts[projectId];
    }

    /// @inheritdoc IRecourse
    function roundOf(uint64 batchId) external view returns (uint8) {
        return _tallies[batchId].round();
    }

    /// @inheritdoc IRecourse
    function votesOf(uint64 batchId) external view returns (uint256) {
        return _tallies[batchId].rejections();
    }

    /// @inheritdoc IRecourse
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    function _numberOf(address verifier) internal view override returns (uint16) {
        return VERIFIERS.numberOf(verifier);
    }

    function _announce(uint64 batchId) private {
        uint32 projectId = _projectOf(batchId);
        // Safe unchecked cast: seconds have 40 bits for 34,000 years more.
        uint40 from = uint40(block.timestamp) + REGISTRY.notice();
        executableFrom[batchId] = from;
        ++_debts[projectId].announcedVoids;
        REGISTRY.blockProject(projectId, true);

        emit VoidAnnounced(batchId, projectId, from);
    }

    /// @dev Reverts unless the void is announced.
    function _endNotice(uint64 batchId) private returns (uint32 projectId) {
        if (executableFrom[batchId] == 0) revert VoidNotAnnounced(batchId);
        projectId = _projectOf(batchId);

        executableFrom[batchId] = 0;
        --_debts[projectId].announcedVoids;
    }

    /// @return missing What neither the owner nor the buffer had.
    function _draw(uint32 projectId, Batch memory batch) private returns (uint64 missing) {
        uint256 id = projectId * VINTAGES_PER_PROJECT + batch.vintage;
        uint64 amount = batch.kind == ClaimKind.Carbon ? batch.grams : batch.creditableWh;
        return _claims(batch.kind).void(REGISTRY.projectOwner(projectId), id, amount);
    }

    function _pay(uint32 projectId, ClaimKind kind, uint64 left) private {
        if (kind == ClaimKind.Carbon) _debts[projectId].grams = left;
        else _debts[projectId].certificates = left;
        _unblock(projectId);
    }

    /// @dev The project may mint again once nothing is owed and nothing is announced.
    function _unblock(uint32 projectId) private {
        Debt memory debt = _debts[projectId];
        if (debt.grams == 0 && debt.certificates == 0 && debt.announcedVoids == 0) {
            REGISTRY.blockProject(projectId, false);
        }
    }

    function _getVoidable(uint64 batchId, bytes32 root) private view returns (Batch memory batch) {
        batch = REGISTRY.batch(batchId);
        if (batch.status != BatchStatus.Verified && batch.status != BatchStatus.Minted) {
            revert BatchNotVoidable(batchId);
        }
        _checkRoot(batchId, root, batch.root);
        uint40 from = executableFrom[batchId];
        if (from != 0) revert VoidAnnouncedAlready(batchId, from);
    }

    function _owed(uint32 projectId, ClaimKind kind) private view returns (uint64) {
        Debt storage debt = _debts[projectId];
        return kind == ClaimKind.Carbon ? debt.grams : debt.certificates;
    }

    function _checkOwesNothing(uint32 projectId, ClaimKind kind) private view {
        uint64 owed = _owed(projectId, kind);
        if (owed > 0) revert OtherDebtOwed(projectId, kind, owed);
    }

    function _claims(ClaimKind kind) private view returns (IVoidable) {
        return kind == ClaimKind.Carbon ? CREDIT : ENERGY_CERTIFICATE;
    }

    function _projectOf(uint64 batchId) private pure returns (uint32) {
        // Safe unchecked cast: the batch exists, so its id was made from a uint32.
        return uint32(batchId / BATCHES_PER_PROJECT);
    }
}
