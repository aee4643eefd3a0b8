// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus} from "../types/Batch.sol";
import {Book} from "./support/DeviceBooks.sol";
import {Device} from "../types/Device.sol";
import {DeviceMoves} from "./support/DeviceMoves.sol";
import {Meter} from "./support/Meter.sol";
import {Project} from "../types/Project.sol";

/// @notice The laws of docs/invariants.md that contracts can break, as formulas over all that
/// happened in {DeviceMoves}. S is a sum.
contract Laws is DeviceMoves {
    /// @notice 1, no energy from nowhere. Per project, over every meter that measured for it:
    /// S creditable = S (last register - first register) of exports - of imports - S deducted
    ///                + what is still owed
    function assertNoEnergyFromNowhere() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            (uint256 exported, uint256 imported) = _energyOf(projectId);
            uint256 owed = registry.project(projectId).deficitWh;
            assertEq(
                _creditable(projectId) + imported + deductedWh[projectId],
                exported + owed,
                "creditable"
            );
            assertTrue(_creditable(projectId) <= exported, "at most the export");
        }
    }

    /// @notice 2, once. The chain's state of a device is the last one that it signed and that was
    /// credited; nothing that was refused moved it.
    function assertOnlyForward() external view {
        for (uint256 i = 0; i < books.length; ++i) {
            Device memory device = registry.device(Meter.idOf(books[i].key));
            assertEq(device.sequence, books[i].sequence, "sequence");
            assertEq(device.closedAt, books[i].closedAt, "closedAt");
            assertEq(device.exportWh, books[i].exportWh, "exportWh");
            assertEq(device.importWh, books[i].importWh, "importWh");
        }
    }

    /// @notice Every device is whose and what the books say, wherever it went.
    function assertBelongs() external view {
        for (uint256 i = 0; i < books.length; ++i) {
            Book memory book = books[i];
            Device memory device = registry.device(Meter.idOf(book.key));
            assertEq(uint160(device.owner), uint160(book.owner), "owner");
            assertEq(device.projectId, book.projectId, "projectId");
            assertEq(device.capacityW, book.projectId == 0 ? 0 : DEVICE_W, "capacityW");
            assertEq(uint256(device.status), uint256(book.status), "status");
        }
    }

    /// @notice 3, only down. Per project: S grams x 10^6 + remainder = S creditable x factor, so
    /// rounding gives nothing and loses nothing.
    function assertOnlyDown() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            Project memory project = registry.project(projectId);
            assertEq(
                _grams(projectId, false) * 1_000_000 + project.remainderUg,
                _creditable(projectId) * FACTOR_UG_PER_WH,
                "micrograms"
            );
            assertTrue(project.remainderUg < 1_000_000, "remainder");
        }
    }

    /// @notice 4, conservation. Per credit id: minted = S held + retired, and minted = S grams of
    /// the batches that were minted, each of them once.
    function assertConserved() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 creditId = _creditId(projectId, 2026);
            (uint256 minted, uint256 retired, , ) = credit.totals(creditId);
            uint256 held = 0;
            for (uint256 i = 0; i < holders.length; ++i) {
                held += credit.balanceOf(holders[i], creditId);
            }
            assertEq(minted, held + retired, "held and retired");
            assertEq(minted, mintedGrams[creditId], "minted in the books");
            assertEq(minted, _grams(projectId, true), "minted batches");
            assertEq(retired, retiredGrams[creditId], "retired in the books");
        }
    }

    /// @notice Capacity: what is bound is what counts now, and never rated above the plant.
    /// {DeviceBooks} asserts for every time that was ever credited that it held then.
    function assertWithinCapacity() external view {
        for (uint32 projectId = 1; projectId <= PROJECTS; ++projectId) {
            uint256 boundW = 0;
            for (uint256 i = 0; i < PLACES; ++i) {
                if (books[places[i]].projectId == projectId) boundW += DEVICE_W;
            }
            Project memory project = registry.project(projectId);
            assertEq(project.boundCapacityW, boundW, "bound");
            assertTrue(boundW <= project.plant.capacityW, "capacity");
        }
    }

    /// @notice Every kind of move went through at least once.
    function assertLived() external view {
        assertTrue(times["submit"] > 0, "submit");
        assertTrue(times["mint"] > 0, "mint");
        assertTrue(times["transfer"] > 0, "transfer");
        assertTrue(times["retire"] > 0, "retire");
        assertTrue(times["submitAgain"] > 0, "submitAgain");
        assertTrue(times["submitBehind"] > 0, "submitBehind");
        assertTrue(times["submitForged"] > 0, "submitForged");
        assertTrue(times["rotate"] > 0, "rotate");
        assertTrue(times["revoke"] > 0, "revoke");
        assertTrue(times["submitOld"] > 0, "submitOld");
        assertTrue(times["replaceMeter"] > 0, "replaceMeter");
        assertTrue(times["freeze"] > 0, "freeze");
        assertTrue(times["submitFrozen"] > 0, "submitFrozen");
        assertTrue(times["handOver"] > 0, "handOver");
        assertTrue(times["handOver without room"] > 0, "handOver without room");
        assertTrue(times["bindAgain"] > 0, "bindAgain");
    }

    function _energyOf(
        uint32 projectId
    ) private view returns (uint256 exportedWh, uint256 importedWh) {
        (exportedWh, importedWh) = (endedExportWh[projectId], endedImportWh[projectId]);
        for (uint256 i = 0; i < books.length; ++i) {
            Book storage book = books[i];
            if (book.projectId != projectId) continue;
            exportedWh += book.exportWh - book.firstExportWh;
            importedWh += book.importWh - book.firstImportWh;
        }
    }

    function _creditable(uint32 projectId) private view returns (uint256 creditableWh) {
        uint64[] storage ids = batchIds[projectId];
        for (uint256 i = 0; i < ids.length; ++i) {
            creditableWh += registry.batch(ids[i]).creditableWh;
        }
    }

    function _grams(uint32 projectId, bool mintedOnly) private view returns (uint256 grams) {
        uint64[] storage ids = batchIds[projectId];
        for (uint256 i = 0; i < ids.length; ++i) {
            Batch memory batch = registry.batch(ids[i]);
            if (!mintedOnly || batch.status == BatchStatus.Minted) grams += batch.grams;
        }
    }
}

contract LawsTest {
    Laws private _laws;

    function setUp() external {
        _laws = new Laws();
    }

    /// @notice Who calls the handlers: a wallet without a part in them. Who pays for a call has a role
    /// from then on, so that a chosen one could keep a validator from its work.
    function targetSenders() external pure returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(0xFEE);
    }

    /// @dev Read by the fuzzer: only {Laws} is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_laws);
    }

    /// @notice Laws over nothing prove nothing: every kind of move works, and counts.
    function test_EveryMoveHappens() external {
        // Plants are full: the first finds no room until the second left it.
        _laws.handOver(0);
        _laws.handOver(1);
        _laws.bindAgain(0);
        for (uint256 round = 1; round <= 6; ++round) {
            _laws.submit(round, round % 2 == 0, [uint64(1e18), 1e18], [uint64(7), 9], 3_599, 3);
            _laws.submitAgain(round);
            _laws.submitBehind(round, 5, uint8(round));
            _laws.submitForged(round, round);
            _laws.mint(round, round - 1);
            _laws.mint(round, round - 1);
            _laws.replaceMeter(round, uint64(round), [uint64(round), 9], 0);
            _lifeOfDevices(round);
            _laws.handOver(round);
            _laws.transfer(0, 1, round, 1e4);
            _laws.retire(round, round, 11);
        }
        _laws.assertLived();
        _laws.assertNoEnergyFromNowhere();
        _laws.assertOnlyForward();
        _laws.assertOnlyDown();
        _laws.assertConserved();
        _laws.assertWithinCapacity();
        _laws.assertBelongs();
    }

    function _lifeOfDevices(uint256 round) private {
        // Rotated 100 days after it was claimed: much is left to be credited of the old key.
        _laws.rotate(0, 100 days, 0);
        _laws.revoke(1, 0, 1);
        _laws.freeze(round + 3, 5, 1, 3);
        for (uint256 i = 0; i < 4; ++i) {
            _laws.submitOld(i, 7, [uint64(5), 5]);
            _laws.submitFrozen(i + round);
            _laws.bindAgain(i);
        }
    }

    function invariant_NoEnergyFromNowhere() external view {
        _laws.assertNoEnergyFromNowhere();
    }

    function invariant_OnlyForward() external view {
        _laws.assertOnlyForward();
    }

    function invariant_OnlyDown() external view {
        _laws.assertOnlyDown();
    }

    function invariant_Conserved() external view {
        _laws.assertConserved();
    }

    function invariant_WithinCapacity() external view {
        _laws.assertWithinCapacity();
    }

    function invariant_Belongs() external view {
        _laws.assertBelongs();
    }
}
