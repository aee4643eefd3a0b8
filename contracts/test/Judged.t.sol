// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus, ClaimKind} from "../types/Batch.sol";
import {Debt} from "../interfaces/IRecourse.sol";
import {JudgedBatch} from "./support/JudgedBooks.sol";
import {JudgedLife} from "./support/JudgedLife.sol";

/// @notice Laws 1, 2 and 4 of docs/invariants.md over all that happened in {JudgedLife}. S is a sum.
contract Judged is JudgedLife {
    /// @notice 4, conservation. Per credit id: minted = S held + retired + buffered + voided, and per
    /// certificate id: minted = S held + cancelled + voided.
    function assertConserved() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 id = _idOf(projectId);
            (uint256 minted, uint256 retired, uint256 buffered, uint256 voided) = credit.totals(id);
            uint256 held = _allHeld(ClaimKind.Carbon, id);
            assertEq(minted, held + retired + buffered + voided, "grams");
            (minted, retired, voided, ) = energyCertificate.totals(id);
            assertEq(minted, _allHeld(ClaimKind.Energy, id) + retired + voided, "certificates");
        }
    }

    /// @notice 4, made whole. Over all projects: S (minted - voided) = S grams of batches that stand as
    /// minted + S debts: whatever a wrong batch issued is out of circulation, or owed.
    function assertMadeWhole() external view {
        (uint256 grams, uint256 certificatesWh) = (0, 0);
        (uint256 owedGrams, uint256 owedCertificates) = (0, 0);
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 id = _idOf(projectId);
            (uint256 minted, , , uint256 voided) = credit.totals(id);
            grams += minted - voided;
            uint256 remainderWh;
            (minted, , voided, remainderWh) = energyCertificate.totals(id);
            certificatesWh += (minted - voided) * 1e6 + remainderWh;
            Debt memory debt = recourse.debtOf(projectId);
            owedGrams += debt.grams;
            owedCertificates += debt.certificates;
        }
        assertEq(grams, _standing(ClaimKind.Carbon) + owedGrams, "grams");
        assertEq(
            certificatesWh,
            _standing(ClaimKind.Energy) + owedCertificates * 1e6,
            "certificates"
        );
    }

    /// @notice 1, no energy from nowhere, and one claim per interval. Per project: S creditable of all
    /// batches = export register; an energy batch has no grams; a carbon batch issues no certificate.
    function assertOneClaim() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 creditableWh = 0;
            uint256 micrograms = registry.project(projectId).remainderUg;
            uint256 carbonWh = 0;
            for (uint256 i = 0; i < batches.length; ++i) {
                if (batches[i].projectId != projectId) continue;
                Batch memory batch = registry.batch(batches[i].id);
                assertTrue(batch.kind == batches[i].kind, "kind as when it was submitted");
                creditableWh += batch.creditableWh;
                micrograms += uint256(batch.grams) * 1e6;
                if (batch.kind == ClaimKind.Carbon) carbonWh += batch.creditableWh;
                else assertEq(batch.grams, 0, "grams of energy");
            }
            assertEq(creditableWh, exportWh[projectId], "creditable");
            assertEq(micrograms, carbonWh * FACTOR_UG_PER_WH, "micrograms");
        }
    }

    /// @notice 2, once. Every batch stands where the books say, and is blocked from more.
    function assertStatuses() external view {
        for (uint256 i = 0; i < batches.length; ++i) {
            JudgedBatch storage book = batches[i];
            assertEq(uint256(registry.batch(book.id).status), uint256(book.status), "status");
            assertTrue((recourse.executableFrom(book.id) != 0) == book.announced, "announced");
        }
    }

    /// @notice A project is blocked exactly while it owes, or a void of a batch of it is announced.
    function assertBlocked() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            bool expected = _owes(projectId) || openVoids[projectId] > 0;
            assertTrue(registry.project(projectId).blocked == expected, "blocked");
            assertEq(
                recourse.debtOf(projectId).announcedVoids,
                openVoids[projectId],
                "announced voids"
            );
        }
    }

    /// @notice Nobody moves what another holds: the buyer has what it received and did not give.
    function assertUntouched() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 id = _idOf(projectId);
            for (uint256 i = 0; i < 2; ++i) {
                ClaimKind kind = ClaimKind(i);
                assertEq(_heldOf(kind, BUYER, id), buyerHas[kind][id], "the buyer's");
            }
        }
    }

    /// @notice Every kind of move went through at least once.
    function assertLived() external view {
        assertTrue(times["opine"] > 0, "opine");
        assertTrue(times["mint"] > 0, "mint");
        assertTrue(times["mintForDebt"] > 0, "mintForDebt");
        assertTrue(times["transfer"] > 0, "transfer");
        assertTrue(times["retire"] > 0, "retire");
        assertTrue(times["announceVoid"] > 0, "announceVoid");
        assertTrue(times["cancelVoid"] > 0, "cancelVoid");
        assertTrue(times["executeVoid"] > 0, "executeVoid");
        assertTrue(times["cure"] > 0, "cure");
        assertTrue(times["chooseClaim"] > 0, "chooseClaim");
    }

    function _allHeld(ClaimKind kind, uint256 id) private view returns (uint256 held) {
        for (uint256 i = 0; i < holders.length; ++i) held += _heldOf(kind, holders[i], id);
    }

    /// @dev Grams, or Wh, of the batches that were minted and not voided.
    function _standing(ClaimKind kind) private view returns (uint256 quantity) {
        for (uint256 i = 0; i < batches.length; ++i) {
            JudgedBatch storage book = batches[i];
            if (book.kind != kind || book.status != BatchStatus.Minted) continue;
            quantity += _quantityOf(book);
        }
    }
}

contract JudgedTest {
    Judged private _judged;

    function setUp() external {
        _judged = new Judged();
    }

    /// @notice Who calls the handlers: a wallet without a part in them. Who pays for a call has a role
    /// from then on, so that a chosen one could keep a validator from its work.
    function targetSenders() external pure returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(0xFEE);
    }

    /// @dev Read by the fuzzer: only {Judged} is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_judged);
    }

    /// @notice Laws over nothing prove nothing: every kind of move works, and counts.
    function test_EveryMoveHappens() external {
        for (uint256 round = 0; round < 2; ++round) {
            bool energy = round == 1;
            _judged.chooseClaim(0, energy);
            uint256 first = 3 * round;
            for (uint256 i = 0; i < 3; ++i) {
                _judged.submit(0, type(uint64).max, 3_599);
                _approve(first + i);
            }
            _judged.mint(4 * first, false);
            _judged.mint(4 * first, false);
            _judged.transfer(0, energy, false, type(uint64).max);
            _judged.transfer(0, energy, true, 0);
            _judged.retire(0, energy, 0);
            _void(first + 1, true);
            _void(first, false);
            _judged.cure(0, 0, energy, 0);
            _judged.mint(4 * (first + 1), false);
            _judged.mint(4 * (first + 1), true);
            _judged.mint(4 * (first + 2), true);
            _check();
        }
        _judged.assertLived();
    }

    function _approve(uint256 batch) private {
        _judged.opine(4 * batch, 0, 1);
        _judged.opine(4 * batch, 0, 0);
        _judged.opine(4 * batch, 1, 0);
        _judged.opine(4 * batch, 2, 1);
        _judged.opine(4 * batch, 3, 1);
    }

    function _void(uint256 batch, bool cancels) private {
        _judged.announceVoid(4 * batch, 0);
        _judged.announceVoid(4 * batch, 0);
        _judged.announceVoid(4 * batch, 1);
        _judged.decideVoid(4 * batch, cancels, 1);
        _judged.decideVoid(4 * batch, false, 1 days);
    }

    function _check() private view {
        _judged.assertConserved();
        _judged.assertMadeWhole();
        _judged.assertOneClaim();
        _judged.assertStatuses();
        _judged.assertBlocked();
        _judged.assertUntouched();
    }

    function invariant_Conserved() external view {
        _judged.assertConserved();
    }

    function invariant_MadeWhole() external view {
        _judged.assertMadeWhole();
    }

    function invariant_OneClaim() external view {
        _judged.assertOneClaim();
    }

    function invariant_Statuses() external view {
        _judged.assertStatuses();
    }

    function invariant_Blocked() external view {
        _judged.assertBlocked();
    }

    function invariant_Untouched() external view {
        _judged.assertUntouched();
    }
}
