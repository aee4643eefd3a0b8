// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeviceStatus} from "../../types/Device.sol";
import {Meter, Window} from "./Meter.sol";
import {Project} from "../../types/Project.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @notice What a device has signed and the chain has credited so far.
struct Book {
    uint256 key;
    address owner;
    uint32 projectId;
    DeviceStatus status;
    uint64 sequence;
    uint64 closedAt;
    uint64 exportWh;
    uint64 importWh;
    // Registers where the present meter, in the present project, began.
    uint64 firstExportWh;
    uint64 firstImportWh;
    // Windows that close before it still count.
    uint64 countsUntil;
}

/// @notice A time, from its start to before its end, for which a device was credited.
struct Interval {
    uint64 start;
    uint64 end;
}

/// @title DeviceBooks
/// @notice All devices that ever were, and for which times each plant was credited.
abstract contract DeviceBooks is RegistryTest {
    uint256 internal constant PLACES = 4;
    uint256 internal constant PROJECTS = 2;
    uint32 internal constant DEVICE_W = 50_000;
    /// @dev Plants are full to begin with, so that any time that counts twice shows.
    uint32 internal constant PLANT_W = 2 * DEVICE_W;
    uint64 internal constant CLAIMED_AT = NOON - 100 days;

    address internal constant OTHER_OWNER = address(0xB1);

    Book[] internal books;
    /// @dev The device that measures at a place now.
    uint256[PLACES] internal places;
    /// @dev What meters measured in a project that they no longer measure for, Wh.
    mapping(uint32 projectId => uint256) internal endedExportWh;
    mapping(uint32 projectId => uint256) internal endedImportWh;
    mapping(uint32 projectId => Interval[]) private _intervals;

    constructor() {
        deployRegistry();
        createPlantOf(_ownerOf(1), PLANT_W);
        createPlantOf(_ownerOf(2), PLANT_W);
        for (uint256 i = 0; i < PLACES; ++i) {
            uint32 projectId = uint32(1 + (i % PROJECTS));
            places[i] = _claim(_ownerOf(projectId), CLAIMED_AT, 500, 70);
            _bind(places[i]);
            assertEq(books[places[i]].projectId, projectId, "bound");
        }
    }

    /// @dev A new device of `owner` with a key of its own.
    function _claim(
        address owner,
        uint64 claimedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal returns (uint256 index) {
        index = books.length;
        claimFor(owner, _keyOf(index), claimedAt, exportWh, importWh);
        _open(owner, 0, claimedAt, exportWh, importWh);
    }

    /// @dev The book of a device that was just claimed, with the key of the next index.
    function _open(
        address owner,
        uint32 projectId,
        uint64 claimedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal {
        Book storage book = books.push();
        (book.key, book.owner, book.projectId) = (_keyOf(books.length - 1), owner, projectId);
        book.status = projectId == 0 ? DeviceStatus.Claimed : DeviceStatus.Bound;
        (book.closedAt, book.exportWh, book.importWh) = (claimedAt, exportWh, importWh);
        (book.firstExportWh, book.firstImportWh) = (exportWh, importWh);
        book.countsUntil = type(uint64).max;
    }

    /// @dev Binds a device to the project of its owner: exactly when there is room since its claim.
    function _bind(uint256 index) internal {
        Book storage book = books[index];
        uint32 projectId = book.owner == OTHER_OWNER ? 2 : 1;
        Project memory project = registry.project(projectId);
        bool fits =
            project.boundCapacityW + DEVICE_W <= PLANT_W &&
                book.closedAt >= project.replacementsFrom;
        bytes32 deviceId = Meter.idOf(book.key);
        vm.prank(book.owner);
        try registry.bindDevice(deviceId, projectId, DEVICE_W) {
            assertTrue(fits, "bound without room");
            (book.projectId, book.status) = (projectId, DeviceStatus.Bound);
        } catch {
            assertTrue(!fits, "not bound with room");
        }
    }

    /// @dev The present meter no longer measures for the present project.
    function _endMeter(Book storage book, uint64 exportWh, uint64 importWh) internal {
        endedExportWh[book.projectId] += book.exportWh - book.firstExportWh;
        endedImportWh[book.projectId] += book.importWh - book.firstImportWh;
        (book.exportWh, book.importWh) = (exportWh, importWh);
        (book.firstExportWh, book.firstImportWh) = (exportWh, importWh);
    }

    /// @dev Moves a device on and gives its closing record.
    function _close(
        uint256 index,
        uint64 closedAt,
        uint64 exportSeed,
        uint64 importSeed
    ) internal returns (bytes memory closing, uint256 exportedWh) {
        Book storage book = books[index];
        uint64 elapsed = closedAt - book.closedAt;
        _credit(book.projectId, Interval(book.closedAt, closedAt));
        exportedWh = bound(exportSeed, 0, (uint256(DEVICE_W) * elapsed + 3_600) / 3_600);
        book.sequence += 1 + (exportSeed % 3);
        book.closedAt = closedAt;
        book.exportWh += uint64(exportedWh);
        book.importWh += uint64(bound(importSeed, 0, 1 + exportedWh / 4));
        closing = Meter.closingOf(book.key, _windowOf(book));
    }

    /// @dev At no time are the devices that a plant is credited for rated above it. The sum can only
    /// grow where an interval begins.
    function _credit(uint32 projectId, Interval memory added) private {
        Interval[] storage all = _intervals[projectId];
        all.push(added);
        for (uint256 i = 0; i < all.length; ++i) {
            uint64 start = all[i].start;
            if (start < added.start || start >= added.end) continue;
            uint256 ratedW = 0;
            for (uint256 j = 0; j < all.length; ++j) {
                if (all[j].start <= start && start < all[j].end) ratedW += DEVICE_W;
            }
            assertTrue(ratedW <= PLANT_W, "capacity in use twice at one time");
        }
    }

    function _windowOf(Book memory book) internal view returns (Window memory) {
        return
            Window({
                domain: registry.domain(),
                sequence: book.sequence,
                openedAt: book.closedAt - 1,
                closedAt: book.closedAt,
                exportWh: book.exportWh,
                importWh: book.importWh
            });
    }

    /// @dev Not by `block.timestamp`: the compiler takes it for constant within a call.
    function _pass(uint256 elapsed) internal {
        vm.warp(vm.getBlockTimestamp() + elapsed);
    }

    function _ownerOf(uint32 projectId) internal pure returns (address) {
        return projectId == 1 ? OWNER : OTHER_OWNER;
    }

    function _keyOf(uint256 index) internal pure returns (uint256) {
        return 0xbeef00 + index;
    }
}
