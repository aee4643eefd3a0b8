// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus, ClaimKind} from "../../types/Batch.sol";
import {Meter, Window} from "./Meter.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {Requirements} from "../../types/Methodology.sol";
import {Role} from "../../types/Role.sol";
import {SignedOpinion, Verdict} from "../../types/Opinion.sol";
import {vm} from "./Vm.sol";

/// @notice What the handlers know of a batch.
struct JudgedBatch {
    uint64 id;
    uint32 projectId;
    ClaimKind kind;
    BatchStatus status;
    uint256 approvals;
    uint256 rejections;
    bool announced;
    uint256 executableFrom;
}

/// @title JudgedBooks
/// @notice Two projects with a meter each, whose batches two of four verifiers have to approve, and
/// what has to be true of them. A void takes a day's notice; 3 % of each mint are buffered.
abstract contract JudgedBooks is RegistryTest {
    uint256 internal constant PROJECTS = 2;
    uint256 internal constant VERIFIERS = 4;
    uint256 internal constant NEEDED = 2;
    uint32 internal constant DEVICE_W = 2_000_000;
    address internal constant OTHER_OWNER = address(0xB1);
    address internal constant BUYER = address(0xB2);

    address[3] internal holders = [OWNER, OTHER_OWNER, BUYER];
    JudgedBatch[] internal batches;
    /// @dev Export register, sequence and time of the meter of a project.
    mapping(uint32 projectId => uint64) internal exportWh;
    mapping(uint32 projectId => uint64) internal sequence;
    mapping(uint32 projectId => uint64) internal closedAt;
    mapping(uint32 projectId => ClaimKind) internal kindOf;
    /// @dev Who gave an opinion on a batch, to void it in a round.
    mapping(bytes32 key => bool) internal given;
    /// @dev What BUYER gave or got by its own calls and transfers to it.
    mapping(ClaimKind => mapping(uint256 id => uint256)) internal buyerHas;
    mapping(uint32 projectId => uint256) internal openVoids;

    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    constructor() {
        deployRegistry();
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            address verifier = vm.addr(_keyOf(i));
            vm.prank(ADMIN);
            verification.accredit(verifier, Role.Verifier, type(uint40).max);
        }
        vm.warp(vm.getBlockTimestamp() + noticeS());
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            createPlantOf(_ownerOf(projectId), DEVICE_W);
            closedAt[projectId] = NOON;
            bytes32 deviceId = claimFor(_ownerOf(projectId), _meterOf(projectId), NOON, 0, 0);
            vm.prank(_ownerOf(projectId));
            registry.bindDevice(deviceId, projectId, DEVICE_W);
        }
    }

    function noticeS() internal pure override returns (uint40) {
        return 1 days;
    }

    function requirements() internal pure override returns (Requirements memory) {
        return Requirements({approvals: 2, recomputation: false, bufferBps: 300});
    }

    function _closing(uint32 projectId) internal view returns (bytes memory) {
        return
            Meter.closingOf(
                _meterOf(projectId),
                Window({
                    domain: registry.domain(),
                    sequence: sequence[projectId],
                    openedAt: closedAt[projectId] - 1,
                    closedAt: closedAt[projectId],
                    exportWh: exportWh[projectId],
                    importWh: 0
                })
            );
    }

    /// @dev One opinion, rightly signed for the contract that counts its verdict.
    function _opinion(
        uint64 batchId,
        uint256 verifier,
        Verdict verdict
    ) internal view returns (SignedOpinion[] memory opinions) {
        SignedOpinion memory opinion = SignedOpinion({
            verifier: vm.addr(_keyOf(verifier)),
            verdict: verdict,
            deadline: type(uint40).max,
            reasonHash: keccak256("reasons"),
            reasonUri: "",
            signature: ""
        });
        bytes32 root = registry.batch(batchId).root;
        bytes32 digest =
            verdict == Verdict.Void
                ? recourse.digestOf(batchId, root, opinion)
                : verification.digestOf(batchId, root, opinion);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(verifier), digest);
        opinion.signature = abi.encodePacked(r, s, v);
        opinions = new SignedOpinion[](1);
        opinions[0] = opinion;
    }

    /// @dev Three of four times the oldest batch of this status, so that lives get as far as a void; else
    /// any: number `seed / 4`.
    function _pick(
        uint256 seed,
        BatchStatus wanted
    ) internal view returns (JudgedBatch storage book) {
        if (seed % 4 != 0) {
            for (uint256 i = 0; i < batches.length; ++i) {
                if (batches[i].status == wanted) return batches[i];
            }
        }
        return batches[(seed / 4) % batches.length];
    }

    /// @dev Marks an opinion as given; false when it was before.
    function _give(uint64 batchId, uint256 verifier, bool isVoid) internal returns (bool isNew) {
        uint8 round = isVoid ? recourse.roundOf(batchId) + 1 : 0;
        bytes32 key = keccak256(abi.encode(batchId, verifier, round));
        isNew = !given[key];
        given[key] = true;
    }

    function _heldOf(ClaimKind kind, address holder, uint256 id) internal view returns (uint256) {
        return
            kind == ClaimKind.Carbon
                ? credit.balanceOf(holder, id)
                : energyCertificate.balanceOf(holder, id);
    }

    function _quantityOf(JudgedBatch storage book) internal view returns (uint256) {
        Batch memory batch = registry.batch(book.id);
        return book.kind == ClaimKind.Carbon ? batch.grams : batch.creditableWh;
    }

    function _owes(uint32 projectId) internal view returns (bool) {
        return recourse.debtOf(projectId).grams > 0 || recourse.debtOf(projectId).certificates > 0;
    }

    function _idOf(uint32 projectId) internal pure returns (uint256) {
        return uint256(projectId) * 10_000 + 2026;
    }

    function _ownerOf(uint32 projectId) internal pure returns (address) {
        return projectId == 1 ? OWNER : OTHER_OWNER;
    }

    function _meterOf(uint32 projectId) internal pure returns (uint256) {
        return 0xbeef00 + projectId;
    }

    function _keyOf(uint256 verifier) internal pure returns (uint256) {
        return 0xfeed00 + verifier;
    }
}
