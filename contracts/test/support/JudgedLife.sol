// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BatchStatus, ClaimKind} from "../../types/Batch.sol";
import {Debt} from "../../interfaces/IRecourse.sol";
import {JudgedBatch, JudgedBooks} from "./JudgedBooks.sol";
import {Verdict} from "../../types/Opinion.sol";
import {vm} from "./Vm.sol";

/// @title JudgedLife
/// @notice Whatever may happen to a batch and to what it issued, in any order. Each call says by the
/// books whether it has to pass; one that should and does not, or the other way round, is a failure.
abstract contract JudgedLife is JudgedBooks {
    /// @dev Whether {callMint} or {callVoid} is called by a move, and not by the fuzzer itself.
    bool private _moving;

    function submit(uint256 projectSeed, uint64 exportSeed, uint32 elapsedSeed) public {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        _pass(bound(elapsedSeed, 1, 1 hours));
        uint64 now_ = uint64(vm.getBlockTimestamp());
        uint256 most = (uint256(DEVICE_W) * (now_ - closedAt[projectId])) / 3_600;
        exportWh[projectId] += uint64(bound(exportSeed, 0, most));
        ++sequence[projectId];
        uint40 from = uint40(closedAt[projectId]);
        closedAt[projectId] = now_;
        bytes memory closing = _closing(projectId);
        vm.prank(SUBMITTER);
        uint64 batchId = registry.submit(submissionOf(projectId, 0, from, uint40(now_)), closing);
        JudgedBatch storage book = batches.push();
        (book.id, book.projectId) = (batchId, projectId);
        (book.kind, book.status) = (kindOf[projectId], BatchStatus.Submitted);
        ++times["submit"];
    }

    function chooseClaim(uint256 projectSeed, bool energy) public {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        kindOf[projectId] = energy ? ClaimKind.Energy : ClaimKind.Carbon;
        vm.prank(_ownerOf(projectId));
        registry.chooseClaim(projectId, kindOf[projectId]);
        ++times["chooseClaim"];
    }

    /// @notice Mostly an approval.
    function opine(uint256 batchSeed, uint256 verifierSeed, uint8 verdictSeed) public {
        if (batches.length == 0) return;
        JudgedBatch storage book = _pick(batchSeed, BatchStatus.Submitted);
        uint256 verifier = verifierSeed % VERIFIERS;
        bool approves = verdictSeed % 4 != 0;
        bool isNew = _give(book.id, verifier, false);
        bool counts = isNew && book.status == BatchStatus.Submitted;
        Verdict verdict = approves ? Verdict.Approve : Verdict.Reject;
        bytes32 root = registry.batch(book.id).root;
        try verification.opine(book.id, root, _opinion(book.id, verifier, verdict)) {
            assertTrue(counts, "counted once");
            if (approves) ++book.approvals;
            else ++book.rejections;
            if (book.approvals == NEEDED) book.status = BatchStatus.Verified;
            if (book.rejections == NEEDED) book.status = BatchStatus.Rejected;
            ++times["opine"];
        } catch {
            assertTrue(!counts, "opinion refused");
        }
    }

    /// @notice The owner mints, in one way or the other.
    function mint(uint256 batchSeed, bool forDebt) public {
        if (batches.length == 0) return;
        JudgedBatch storage book = _pick(batchSeed, BatchStatus.Verified);
        (uint32 projectId, uint64 batchId) = (book.projectId, book.id);
        Debt memory debt = recourse.debtOf(projectId);
        bool isCarbon = book.kind == ClaimKind.Carbon;
        bool owes =
            isCarbon
                ? debt.grams > 0 && debt.certificates == 0
                : debt.certificates > 0 && debt.grams == 0;
        bool passes =
            book.status == BatchStatus.Verified &&
                _quantityOf(book) > 0 &&
                openVoids[projectId] == 0 &&
                (forDebt ? owes : !_owes(projectId));
        _moving = true;
        try this.callMint(projectId, batchId, forDebt) {
            assertTrue(passes, "minted");
            book.status = BatchStatus.Minted;
            ++times[forDebt ? "mintForDebt" : "mint"];
        } catch {
            assertTrue(!passes, "mint refused");
        }
        _moving = false;
    }

    /// @dev External, so that `try` covers both calls.
    function callMint(uint32 projectId, uint64 batchId, bool forDebt) external {
        if (!_moving) return;
        vm.prank(_ownerOf(projectId));
        if (forDebt) registry.mintForDebt(batchId);
        else registry.mint(batchId);
    }

    /// @notice From an owner to the buyer, or back.
    function transfer(uint256 projectSeed, bool energy, bool back, uint64 amountSeed) public {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        ClaimKind kind = energy ? ClaimKind.Energy : ClaimKind.Carbon;
        (uint256 id, address owner) = (_idOf(projectId), _ownerOf(projectId));
        (address from, address to) = back ? (BUYER, owner) : (owner, BUYER);
        uint256 amount = bound(amountSeed, 0, _heldOf(kind, from, id));
        vm.prank(from);
        if (energy) energyCertificate.safeTransferFrom(from, to, id, amount, "");
        else credit.safeTransferFrom(from, to, id, amount, "");
        buyerHas[kind][id] = back ? buyerHas[kind][id] - amount : buyerHas[kind][id] + amount;
        ++times["transfer"];
    }

    /// @notice The buyer retires or cancels.
    function retire(uint256 projectSeed, bool energy, uint64 amountSeed) external {
        uint256 id = _idOf(uint32(1 + (projectSeed % PROJECTS)));
        ClaimKind kind = energy ? ClaimKind.Energy : ClaimKind.Carbon;
        uint256 held = _heldOf(kind, BUYER, id);
        if (held == 0) return;
        uint64 amount = uint64(bound(amountSeed, 1, held));
        vm.prank(BUYER);
        if (energy) energyCertificate.cancel(id, amount, "", "");
        else credit.retire(id, amount, dedicationOf(OWNER));
        buyerHas[kind][id] -= amount;
        ++times["retire"];
    }

    function announceVoid(uint256 batchSeed, uint256 verifierSeed) public {
        if (batches.length == 0) return;
        JudgedBatch storage book = _pick(batchSeed, BatchStatus.Minted);
        uint256 verifier = verifierSeed % VERIFIERS;
        uint256 votes = recourse.votesOf(book.id);
        bool counts =
            (book.status == BatchStatus.Verified || book.status == BatchStatus.Minted) &&
                !book.announced &&
                _give(book.id, verifier, true);
        bytes32 root = registry.batch(book.id).root;
        try recourse.announceVoid(book.id, root, _opinion(book.id, verifier, Verdict.Void)) {
            assertTrue(counts, "voted once");
            if (votes + 1 == NEEDED) {
                (book.announced, openVoids[book.projectId]) = (true, openVoids[book.projectId] + 1);
                book.executableFrom = vm.getBlockTimestamp() + noticeS();
            }
            ++times["announceVoid"];
        } catch {
            assertTrue(!counts, "vote refused");
        }
    }

    /// @notice The admin stops a void, or somebody executes it.
    function decideVoid(uint256 batchSeed, bool cancels, uint32 elapsedSeed) public {
        if (batches.length == 0) return;
        JudgedBatch storage book = _pick(batchSeed, BatchStatus.Minted);
        _pass(bound(elapsedSeed, 0, 2 days));
        bool passes = book.announced && (cancels || vm.getBlockTimestamp() >= book.executableFrom);
        _moving = true;
        try this.callVoid(book.id, cancels) {
            assertTrue(passes, "void decided");
            book.announced = false;
            --openVoids[book.projectId];
            if (!cancels) book.status = BatchStatus.Voided;
            ++times[cancels ? "cancelVoid" : "executeVoid"];
        } catch {
            assertTrue(!passes, "void refused");
        }
        _moving = false;
    }

    /// @dev External, so that `try` covers both calls.
    function callVoid(uint64 batchId, bool cancels) external {
        if (!_moving) return;
        if (cancels) {
            vm.prank(ADMIN);
            recourse.cancelVoid(batchId);
        } else {
            recourse.executeVoid(batchId);
        }
    }

    /// @notice A batch on its way to a buyer without detours: one move at a time hardly gets as far.
    function issueAndSell(
        uint256 projectSeed,
        bool energy,
        uint64 exportSeed,
        uint64 soldSeed
    ) external {
        uint256 batch = 4 * batches.length;
        chooseClaim(projectSeed, energy);
        submit(projectSeed, exportSeed, uint32(1 hours));
        opine(batch, 0, 1);
        opine(batch, 1, 1);
        mint(batch, false);
        transfer(projectSeed, energy, false, soldSeed);
    }

    /// @notice A batch is found wrong, and nobody stops its void: what was sold of it is owed.
    function voidSold(uint256 batchSeed, uint256 verifierSeed) external {
        uint256 first = verifierSeed % VERIFIERS;
        announceVoid(batchSeed, first);
        announceVoid(batchSeed, first + 1);
        decideVoid(batchSeed, false, uint32(noticeS()));
    }

    /// @notice The buyer hands in what it has for what a project owes.
    function cure(uint256 projectSeed, uint256 idSeed, bool energy, uint64 amountSeed) external {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        uint256 id = _idOf(uint32(1 + (idSeed % PROJECTS)));
        ClaimKind kind = energy ? ClaimKind.Energy : ClaimKind.Carbon;
        Debt memory debt = recourse.debtOf(projectId);
        uint256 owed = energy ? debt.certificates : debt.grams;
        uint256 held = _heldOf(kind, BUYER, id);
        uint256 most = owed < held ? owed : held;
        if (most == 0) return;
        uint64 amount = uint64(bound(amountSeed, 1, most));
        vm.prank(BUYER);
        recourse.cure(projectId, kind, id, amount);
        buyerHas[kind][id] -= amount;
        ++times["cure"];
    }

    /// @dev Not by `block.timestamp`: the compiler takes it for constant within a call.
    function _pass(uint256 elapsed) internal {
        // The year of the vintage does not end within a run: 2 days x 64 moves.
        vm.warp(vm.getBlockTimestamp() + elapsed);
    }
}
