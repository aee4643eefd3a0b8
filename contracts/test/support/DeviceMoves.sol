// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Book} from "./DeviceBooks.sol";
import {CreditLife} from "./CreditLife.sol";
import {DeviceStatus} from "../../types/Device.sol";
import {Meter, Window} from "./Meter.sol";
import {vm} from "./Vm.sol";

/// @title DeviceMoves
/// @notice Whatever may happen to devices (SPEC section 9), between what happens to their energy.
abstract contract DeviceMoves is CreditLife {
    /// @notice The old key of a place names the next one; the old device still counts until then.
    function rotate(uint256 placeSeed, uint64 rotatedSeed, uint64 claimedSeed) external {
        uint256 place = placeSeed % PLACES;
        Book storage old = books[places[place]];
        _pass(1);
        uint64 now_ = uint64(vm.getBlockTimestamp());
        uint64 rotatedAt = uint64(bound(rotatedSeed, CLAIMED_AT, now_));
        uint64 from = rotatedAt > old.closedAt ? rotatedAt : old.closedAt;
        uint64 claimedAt = uint64(bound(claimedSeed, from, now_));
        uint256 key = _keyOf(books.length);
        _rotate(old, key, rotatedAt, from - 1, false);
        _rotate(old, key, rotatedAt, claimedAt, true);

        (old.status, old.countsUntil) = (DeviceStatus.Revoked, rotatedAt);
        places[place] = books.length;
        _open(old.owner, old.projectId, claimedAt, 0, 0);
        ++times["rotate"];
    }

    /// @notice The owner revokes the device of a place, from any time on; the place gets a new one.
    function revoke(uint256 placeSeed, uint64 fromSeed, uint64 claimedSeed) external {
        uint256 index = places[placeSeed % PLACES];
        Book storage book = books[index];
        uint40 from = uint40(bound(fromSeed, CLAIMED_AT, vm.getBlockTimestamp()));
        bytes32 deviceId = Meter.idOf(book.key);
        vm.prank(book.owner);
        registry.revokeDevice(deviceId, from);

        (book.status, book.countsUntil) = (DeviceStatus.Revoked, from);
        _pass(1);
        _renew(index, claimedSeed, 0);
        ++times["revoke"];
    }

    /// @notice A rotated or revoked device is credited for what it measured before, and for nothing after.
    function submitOld(uint256 indexSeed, uint64 closedSeed, uint64[2] calldata seeds) external {
        uint256 index = indexSeed % books.length;
        Book memory book = books[index];
        if (book.status != DeviceStatus.Revoked || book.projectId == 0) return;
        Window memory late = _windowOf(book);
        (late.sequence, late.closedAt) = (book.sequence + 1, uint64(vm.getBlockTimestamp()));
        if (late.closedAt >= book.countsUntil) _assertRefused(book, late);
        if (book.closedAt + 1 >= book.countsUntil) return;
        uint64 closedAt = uint64(bound(closedSeed, book.closedAt + 1, book.countsUntil - 1));
        (bytes memory closing, ) = _close(index, closedAt, seeds[0], seeds[1]);
        _submit(book.projectId, closing, 0);
        ++times["submitOld"];
    }

    /// @notice The meter of a place is replaced by another, which stands anywhere.
    function replaceMeter(
        uint256 placeSeed,
        uint64 replacedSeed,
        uint64[2] calldata registers,
        uint64 wrongSequence
    ) external {
        Book storage book = books[places[placeSeed % PLACES]];
        if (book.projectId == 0) return;
        _pass(1);
        uint64 replacedAt = uint64(bound(replacedSeed, book.closedAt + 1, vm.getBlockTimestamp()));
        uint64 exportWh = uint64(bound(registers[0], 0, 1e15));
        uint64 importWh = uint64(bound(registers[1], 0, 1e15));
        uint64 wrong = wrongSequence % type(uint32).max;
        if (wrong != book.sequence) _replace(book, wrong, replacedAt, exportWh, importWh, false);
        _replace(book, book.sequence, book.closedAt, exportWh, importWh, false);
        _replace(book, book.sequence, replacedAt, exportWh, importWh, true);

        _endMeter(book, exportWh, importWh);
        book.closedAt = replacedAt;
        ++times["replaceMeter"];
    }

    /// @notice Anyone freezes any device that ever was; a place gets a new one.
    function freeze(
        uint256 indexSeed,
        uint32 sequenceSeed,
        uint64 claimedSeed,
        uint64 newWh
    ) external {
        uint256 index = indexSeed % books.length;
        Book storage book = books[index];
        if (book.status == DeviceStatus.Frozen) return;
        Window memory window = _windowOf(book);
        window.sequence = uint64(bound(sequenceSeed, 1, type(uint32).max));
        bytes memory a = Meter.headerOf(book.key, window);
        window.importWh ^= 1;
        bytes memory b = Meter.headerOf(book.key, window);
        bytes memory publicKey = Meter.publicKeyOf(book.key);
        registry.freezeDevice(publicKey, a, Meter.sign(book.key, a), b, Meter.sign(book.key, b));

        (book.status, book.countsUntil) = (DeviceStatus.Frozen, 0);
        _pass(1);
        _renew(index, claimedSeed, uint64(bound(newWh, 0, 1e15)));
        ++times["freeze"];
    }

    /// @notice A frozen device has nothing credited, however right its window is.
    function submitFrozen(uint256 indexSeed) external {
        Book memory book = books[indexSeed % books.length];
        if (book.status != DeviceStatus.Frozen) return;
        _pass(1);
        Window memory window = _windowOf(book);
        (window.sequence, window.closedAt) = (book.sequence + 1, uint64(vm.getBlockTimestamp()));
        _assertRefused(book, window);
        ++times["submitFrozen"];
    }

    /// @notice A device goes to the other owner, who binds it where there is room.
    function handOver(uint256 placeSeed) external {
        uint256 index = places[placeSeed % PLACES];
        Book storage book = books[index];
        (address from, address to) = (book.owner, OWNER);
        if (from == OWNER) to = OTHER_OWNER;
        bytes32 deviceId = Meter.idOf(book.key);
        vm.prank(from);
        registry.offerDevice(deviceId, to);
        vm.prank(to);
        registry.acceptDevice(deviceId);

        _endMeter(book, book.exportWh, book.importWh);
        (book.owner, book.projectId, book.status) = (to, 0, DeviceStatus.Claimed);
        _bind(index);
        ++times[book.projectId == 0 ? "handOver without room" : "handOver"];
    }

    /// @notice The owner tries once more to bind a device that found no room.
    function bindAgain(uint256 placeSeed) external {
        uint256 index = places[placeSeed % PLACES];
        if (books[index].projectId != 0) return;
        _bind(index);
        if (books[index].projectId != 0) ++times["bindAgain"];
    }

    /// @dev Puts a new device in the place of one that counts no more, where that measured at a place.
    /// Claimed now, or at a time that may lie before there is room for it.
    function _renew(uint256 index, uint64 claimedSeed, uint64 exportWh) private {
        for (uint256 i = 0; i < PLACES; ++i) {
            if (places[i] != index) continue;
            uint64 claimedAt = uint64(vm.getBlockTimestamp());
            if (claimedSeed % 2 == 0) claimedAt = uint64(bound(claimedSeed, CLAIMED_AT, claimedAt));
            places[i] = _claim(books[index].owner, claimedAt, exportWh, 0);
            _bind(places[i]);
        }
    }

    function _rotate(
        Book memory old,
        uint256 key,
        uint64 rotatedAt,
        uint64 claimedAt,
        bool passes
    ) private {
        bytes32 domain = registry.domain();
        bytes memory rotation = Meter.rotationOf(old.key, domain, Meter.idOf(key), rotatedAt);
        bytes memory claim = Meter.claimOf(key, domain, old.owner, claimedAt, 0, 0);
        bytes[4] memory proofs = [
            Meter.publicKeyOf(old.key),
            Meter.sign(old.key, rotation),
            Meter.publicKeyOf(key),
            Meter.sign(key, claim)
        ];
        vm.prank(old.owner);
        try registry.rotateDevice(rotation, proofs[0], proofs[1], claim, proofs[2], proofs[3]) {
            assertTrue(passes, "rotated too early");
        } catch {
            assertTrue(!passes, "rotated");
        }
    }

    function _replace(
        Book memory book,
        uint64 sequence,
        uint64 replacedAt,
        uint64 exportWh,
        uint64 importWh,
        bool passes
    ) private {
        bytes memory statement = Meter.replacementOf(
            book.key,
            registry.domain(),
            sequence,
            replacedAt,
            exportWh,
            importWh
        );
        bytes memory publicKey = Meter.publicKeyOf(book.key);
        bytes memory signature = Meter.sign(book.key, statement);
        vm.prank(VALIDATOR);
        try registry.replaceMeter(statement, publicKey, signature) {
            assertTrue(passes, "meter not settled");
        } catch {
            assertTrue(!passes, "meter replaced");
        }
    }
}
