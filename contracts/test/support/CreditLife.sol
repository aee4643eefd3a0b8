// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus} from "../../types/Batch.sol";
import {Meter, Window} from "./Meter.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title CreditLife
/// @notice Whatever may happen to devices and credits, in any order: the fuzzer calls the functions,
/// the books say what has to hold. Refusals are part of it; every call that should pass must pass.
abstract contract CreditLife is RegistryTest {
    uint256 internal constant DEVICES = 4;
    uint256 internal constant PROJECTS = 2;
    uint32 internal constant DEVICE_W = 50_000;
    uint64 internal constant CLAIMED_AT = NOON - 100 days;

    /// @dev What a device has signed and the chain has credited so far.
    struct Books {
        uint32 projectId;
        uint64 sequence;
        uint64 closedAt;
        uint64 exportWh;
        uint64 importWh;
        uint256 exportedWh;
        uint256 importedWh;
    }

    Books[DEVICES] internal books;
    address[3] internal holders = [OWNER, address(0xB1), address(0xB2)];

    mapping(uint32 projectId => uint256) internal deductedWh;
    mapping(uint32 projectId => uint64[]) internal batchIds;
    mapping(uint256 creditId => uint256) internal mintedGrams;
    mapping(uint256 creditId => uint256) internal retiredGrams;

    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    constructor() {
        deployRegistry();
        for (uint32 i = 0; i < PROJECTS; ++i) createPlant(4 * DEVICE_W);
        for (uint256 i = 0; i < DEVICES; ++i) {
            uint32 projectId = uint32(1 + (i % PROJECTS));
            createDevice(_keyOf(i), projectId, DEVICE_W, CLAIMED_AT, 500, 70);
            books[i] = Books(projectId, 0, CLAIMED_AT, 500, 70, 0, 0);
        }
    }

    /// @notice A device, or a device and another of its project, close a batch.
    function submit(
        uint256 deviceSeed,
        bool both,
        uint64[2] calldata exportSeeds,
        uint64[2] calldata importSeeds,
        uint32 elapsedSeed,
        uint64 deductedSeed
    ) external {
        uint256 first = deviceSeed % DEVICES;
        _pass(bound(elapsedSeed, 1, 1 hours));
        (bytes memory closings, uint256 exported) = _close(first, exportSeeds[0], importSeeds[0]);
        if (both) {
            (bytes memory more, uint256 added) = _close(
                (first + PROJECTS) % DEVICES,
                exportSeeds[1],
                importSeeds[1]
            );
            closings = bytes.concat(closings, more);
            exported += added;
        }
        uint32 projectId = books[first].projectId;
        // Mostly little is deducted, at times all.
        uint64 deducted = uint64(
            deductedSeed % 8 == 0 ? exported : bound(deductedSeed, 0, exported / 8)
        );

        vm.prank(SUBMITTER);
        uint64 batchId = registry.submit(
            submissionOf(projectId, deducted, uint40(CLAIMED_AT), uint40(vm.getBlockTimestamp())),
            closings
        );
        batchIds[projectId].push(batchId);
        deductedWh[projectId] += deducted;
        ++times["submit"];
    }

    /// @notice The last window of a device once more: always refused.
    function submitAgain(uint256 deviceSeed) external {
        Books memory book = books[deviceSeed % DEVICES];
        if (book.sequence == 0) return;
        _assertRefused(deviceSeed % DEVICES, _windowOf(book));
        ++times["submitAgain"];
    }

    /// @notice A window that lies behind in one way, and as far forward as can be in all others.
    function submitBehind(uint256 deviceSeed, uint64 backSeed, uint8 way) external {
        uint256 device = deviceSeed % DEVICES;
        Books memory book = books[device];
        _pass(1);
        Window memory window = _windowOf(book);
        (window.sequence, window.closedAt) = (book.sequence + 1, uint64(vm.getBlockTimestamp()));
        if (way % 4 == 0) {
            window.sequence = book.sequence;
        } else if (way % 4 == 1) {
            window.closedAt = book.closedAt;
            window.openedAt = book.closedAt - 1;
        } else if (way % 4 == 2) {
            window.exportWh -= uint64(bound(backSeed, 1, window.exportWh));
        } else {
            window.importWh -= uint64(bound(backSeed, 1, window.importWh));
        }
        _assertRefused(device, window);
        ++times["submitBehind"];
    }

    /// @notice A window of one device, signed with the key of another: always refused.
    function submitForged(uint256 deviceSeed, uint256 keySeed) external {
        uint256 device = deviceSeed % DEVICES;
        _pass(1);
        Window memory window = _windowOf(books[device]);
        ++window.sequence;
        window.closedAt = uint64(vm.getBlockTimestamp());
        bytes memory header = Meter.headerOf(_keyOf(device), window);
        bytes memory forged = abi.encodePacked(
            Meter.publicKeyOf(_keyOf(device)),
            Meter.sign(bound(keySeed, 1 << 64, 1 << 128), header),
            header
        );
        _assertRefusedBytes(device, forged);
        ++times["submitForged"];
    }

    /// @notice The owner mints a batch, once or, which is refused, again.
    function mint(uint256 projectSeed, uint256 batchSeed) external {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        uint64[] storage ids = batchIds[projectId];
        if (ids.length == 0) return;
        uint64 batchId = batchSeed % 2 == 0 ? ids[ids.length - 1] : ids[batchSeed % ids.length];
        Batch memory batch = registry.batch(batchId);
        vm.prank(OWNER);
        try registry.mint(batchId) {
            assertTrue(batch.status == BatchStatus.Submitted, "minted once");
            mintedGrams[_creditId(projectId, batch.vintage)] += batch.grams;
            ++times["mint"];
        } catch {
            assertTrue(batch.status == BatchStatus.Minted || batch.grams == 0, "mint refused");
        }
    }

    function transfer(uint256 fromSeed, uint256 toSeed, uint256 creditSeed, uint64 grams) external {
        uint256 creditId = _creditId(uint32(1 + (creditSeed % PROJECTS)), 2026);
        (address from, address to) = (_holderOf(creditId, fromSeed), holders[toSeed % 3]);
        uint256 amount = bound(grams, 0, credit.balanceOf(from, creditId));
        vm.prank(from);
        credit.safeTransferFrom(from, to, creditId, amount, "");
        ++times["transfer"];
    }

    function retire(uint256 holderSeed, uint256 creditSeed, uint64 gramsSeed) external {
        uint256 creditId = _creditId(uint32(1 + (creditSeed % PROJECTS)), 2026);
        address holder = _holderOf(creditId, holderSeed);
        uint256 held = credit.balanceOf(holder, creditId);
        if (held == 0) return;
        uint64 grams = uint64(bound(gramsSeed, 1, held));
        vm.prank(holder);
        uint256 retirementId = credit.retire(creditId, grams, "somebody", "something");
        assertEq(retirementId, creditId * 1e20 + retiredGrams[creditId], "serials ascend");
        retiredGrams[creditId] += grams;
        ++times["retire"];
    }

    /// @dev Someone who holds the credit where anyone does.
    function _holderOf(uint256 creditId, uint256 seed) private view returns (address holder) {
        for (uint256 i = 0; i < 3; ++i) {
            holder = holders[addmod(seed, i, 3)];
            if (credit.balanceOf(holder, creditId) > 0) return holder;
        }
    }

    /// @dev Not by `block.timestamp`: the compiler takes it for constant within a call.
    function _pass(uint256 elapsed) private {
        vm.warp(vm.getBlockTimestamp() + elapsed);
    }

    function _close(
        uint256 device,
        uint64 exportSeed,
        uint64 importSeed
    ) private returns (bytes memory closing, uint256 exportedWh) {
        Books storage book = books[device];
        uint64 elapsed = uint64(vm.getBlockTimestamp()) - book.closedAt;
        exportedWh = bound(exportSeed, 0, (uint256(DEVICE_W) * elapsed + 3_600) / 3_600);
        uint256 importedWh = bound(importSeed, 0, 1 + exportedWh / 4);
        book.sequence += 1 + (exportSeed % 3);
        book.closedAt += elapsed;
        book.exportWh += uint64(exportedWh);
        book.importWh += uint64(importedWh);
        book.exportedWh += exportedWh;
        book.importedWh += importedWh;
        closing = Meter.closingOf(_keyOf(device), _windowOf(book));
    }

    function _assertRefused(uint256 device, Window memory window) private {
        _assertRefusedBytes(device, Meter.closingOf(_keyOf(device), window));
    }

    function _assertRefusedBytes(uint256 device, bytes memory closing) private {
        vm.prank(SUBMITTER);
        try
            registry.submit(
                submissionOf(
                    books[device].projectId,
                    0,
                    uint40(CLAIMED_AT),
                    uint40(vm.getBlockTimestamp())
                ),
                closing
            )
        {
            assertTrue(false, "refused");
        } catch {}
    }

    function _windowOf(Books memory book) private view returns (Window memory) {
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

    function _keyOf(uint256 device) internal pure returns (uint256) {
        return 0xbeef00 + device;
    }

    function _creditId(uint32 projectId, uint256 vintage) internal pure returns (uint256) {
        return uint256(projectId) * 10_000 + vintage;
    }
}
