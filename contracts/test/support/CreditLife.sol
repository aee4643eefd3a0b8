// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Batch, BatchStatus} from "../../types/Batch.sol";
import {Book, DeviceBooks} from "./DeviceBooks.sol";
import {Meter, Window} from "./Meter.sol";
import {vm} from "./Vm.sol";

/// @title CreditLife
/// @notice Whatever may happen to energy and credits, in any order: the fuzzer calls the functions,
/// the books say what has to hold. Refusals are part of it; every call that should pass must pass.
abstract contract CreditLife is DeviceBooks {
    address[3] internal holders = [OWNER, OTHER_OWNER, address(0xB2)];

    mapping(uint32 projectId => uint256) internal deductedWh;
    mapping(uint32 projectId => uint64[]) internal batchIds;
    mapping(uint256 creditId => uint256) internal mintedGrams;
    mapping(uint256 creditId => uint256) internal retiredGrams;

    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    /// @notice A device, or a device and another of its project, close a batch.
    function submit(
        uint256 placeSeed,
        bool both,
        uint64[2] calldata exportSeeds,
        uint64[2] calldata importSeeds,
        uint32 elapsedSeed,
        uint64 deductedSeed
    ) external {
        uint256 first = places[placeSeed % PLACES];
        uint32 projectId = books[first].projectId;
        if (projectId == 0) return;
        _pass(bound(elapsedSeed, 1, 1 hours));
        uint64 now_ = uint64(vm.getBlockTimestamp());
        (bytes memory closings, uint256 exported) = _close(
            first,
            now_,
            exportSeeds[0],
            importSeeds[0]
        );
        uint256 second = _partnerOf(first);
        if (both && second != first) {
            (bytes memory more, uint256 added) = _close(
                second,
                now_,
                exportSeeds[1],
                importSeeds[1]
            );
            closings = bytes.concat(closings, more);
            exported += added;
        }
        // Mostly little is deducted, at times all.
        uint256 deducted = deductedSeed % 8 == 0 ? exported : bound(deductedSeed, 0, exported / 8);
        _submit(projectId, closings, uint64(deducted));
        ++times["submit"];
    }

    /// @notice The last window of a device once more: always refused.
    function submitAgain(uint256 indexSeed) external {
        Book memory book = books[indexSeed % books.length];
        if (book.sequence == 0) return;
        _assertRefused(book, _windowOf(book));
        ++times["submitAgain"];
    }

    /// @notice A window that lies behind in one way, and as far forward as can be in all others.
    function submitBehind(uint256 placeSeed, uint64 backSeed, uint8 way) external {
        Book memory book = books[places[placeSeed % PLACES]];
        _pass(1);
        Window memory window = _windowOf(book);
        (window.sequence, window.closedAt) = (book.sequence + 1, uint64(vm.getBlockTimestamp()));
        if (way % 4 == 0) {
            window.sequence = book.sequence;
        } else if (way % 4 == 1) {
            window.closedAt = book.closedAt;
            window.openedAt = book.closedAt - 1;
        } else if (way % 4 == 2 && window.exportWh > 0) {
            window.exportWh -= uint64(bound(backSeed, 1, window.exportWh));
        } else if (window.importWh > 0) {
            window.importWh -= uint64(bound(backSeed, 1, window.importWh));
        } else {
            return;
        }
        _assertRefused(book, window);
        ++times["submitBehind"];
    }

    /// @notice A window of one device, signed with the key of another: always refused.
    function submitForged(uint256 placeSeed, uint256 keySeed) external {
        Book memory book = books[places[placeSeed % PLACES]];
        _pass(1);
        Window memory window = _windowOf(book);
        ++window.sequence;
        window.closedAt = uint64(vm.getBlockTimestamp());
        bytes memory header = Meter.headerOf(book.key, window);
        bytes memory forged = abi.encodePacked(
            Meter.publicKeyOf(book.key),
            Meter.sign(bound(keySeed, 1 << 64, 1 << 128), header),
            header
        );
        _assertRefusedBytes(book, forged);
        ++times["submitForged"];
    }

    /// @notice The owner mints a batch, once or, which is refused, again.
    function mint(uint256 projectSeed, uint256 batchSeed) external {
        uint32 projectId = uint32(1 + (projectSeed % PROJECTS));
        uint64[] storage ids = batchIds[projectId];
        if (ids.length == 0) return;
        uint64 batchId = batchSeed % 2 == 0 ? ids[ids.length - 1] : ids[batchSeed % ids.length];
        Batch memory batch = registry.batch(batchId);
        vm.prank(_ownerOf(projectId));
        try registry.mint(batchId) {
            assertTrue(batch.status == BatchStatus.Verified, "minted once");
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
        uint256 retirementId = credit.retire(creditId, grams, dedicationOf(holder));
        assertEq(retirementId, creditId * 1e20 + retiredGrams[creditId], "serials ascend");
        retiredGrams[creditId] += grams;
        ++times["retire"];
    }

    function _submit(uint32 projectId, bytes memory closings, uint64 deducted) internal {
        vm.prank(SUBMITTER);
        uint64 batchId = registry.submit(
            submissionOf(projectId, deducted, uint40(CLAIMED_AT), uint40(vm.getBlockTimestamp())),
            closings
        );
        batchIds[projectId].push(batchId);
        deductedWh[projectId] += deducted;
    }

    function _assertRefused(Book memory book, Window memory window) internal {
        _assertRefusedBytes(book, Meter.closingOf(book.key, window));
    }

    /// @dev For the device's own project; for either when it has none.
    function _assertRefusedBytes(Book memory book, bytes memory closing) private {
        uint32 projectId = book.projectId == 0 ? 1 : book.projectId;
        uint40 now_ = uint40(vm.getBlockTimestamp());
        vm.prank(SUBMITTER);
        try registry.submit(submissionOf(projectId, 0, uint40(CLAIMED_AT), now_), closing) {
            assertTrue(false, "refused");
        } catch {}
    }

    /// @dev Another device of the same project that measures now; the same one when there is none.
    function _partnerOf(uint256 index) private view returns (uint256) {
        for (uint256 i = 0; i < PLACES; ++i) {
            if (places[i] != index && books[places[i]].projectId == books[index].projectId) {
                return places[i];
            }
        }
        return index;
    }

    /// @dev Someone who holds the credit where anyone does.
    function _holderOf(uint256 creditId, uint256 seed) private view returns (address holder) {
        for (uint256 i = 0; i < 3; ++i) {
            holder = holders[addmod(seed, i, 3)];
            if (credit.balanceOf(holder, creditId) > 0) return holder;
        }
    }

    function _creditId(uint32 projectId, uint256 vintage) internal pure returns (uint256) {
        return uint256(projectId) * 10_000 + vintage;
    }
}
