// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "../libraries/Bytes.sol";
import {Checks} from "../libraries/Checks.sol";
import {DeviceDeed, Devices} from "./Devices.sol";
import {DeviceClaim} from "../libraries/DeviceClaim.sol";
import {DeviceSignature} from "../libraries/DeviceSignature.sol";
import {DeviceSlot} from "../types/DeviceSlot.sol";
import {DeviceStatements, MeterReplacement, Rotation} from "../libraries/DeviceStatements.sol";
import {DeviceStatus} from "../types/Device.sol";
import {IDeviceLife} from "../interfaces/IDeviceLife.sol";
import {ProjectState} from "./Projects.sol";
import {WindowHeader} from "../libraries/WindowHeader.sol";

/// @title DeviceLife
abstract contract DeviceLife is IDeviceLife, Devices {
    using Bytes for bytes;
    using WindowHeader for bytes;

    uint256 private constant KEY_AT = DeviceClaim.SIZE;
    uint256 private constant SIGNATURE_AT = KEY_AT + DeviceSignature.PUBLIC_KEY_SIZE;
    uint256 private constant CAPACITY_AT = SIGNATURE_AT + DeviceSignature.SIZE;
    uint256 private constant RECORD_SIZE = CAPACITY_AT + 4;

    /// @inheritdoc IDeviceLife
    function registerDevices(uint32 projectId, bytes calldata records) external {
        _checkProjectOwner(projectId);
        if (records.length == 0 || records.length % RECORD_SIZE != 0) {
            revert RegistrationInvalid(records.length, RECORD_SIZE);
        }
        _join();

        ProjectState storage plant = _projects[projectId];
        uint256 boundW = plant.boundCapacityW;
        for (uint256 start = 0; start < records.length; start += RECORD_SIZE) {
            boundW = _register(projectId, boundW, records.sliceAt(start, RECORD_SIZE));
        }
        // Safe unchecked cast: at most the plant's capacity, a uint32.
        plant.boundCapacityW = uint32(boundW);
    }

    /// @inheritdoc IDeviceLife
    function rotateDevice(
        bytes calldata rotation,
        bytes calldata oldPublicKey,
        bytes calldata oldSignature,
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) external {
        Rotation memory rotated = _checkRotation(rotation, oldPublicKey, oldSignature);
        DeviceSlot old = _devices[rotated.deviceId].slot;
        _checkDeviceOwner(rotated.deviceId, old);
        _checkTrusted(rotated.deviceId, old, rotated.rotatedAt);
        _revoke(rotated.deviceId, old, rotated.rotatedAt);

        (bytes32 deviceId, DeviceSlot slot) = _claim(claim, publicKey, signature);
        if (deviceId != rotated.successor) {
            revert SuccessorMismatch(rotated.deviceId, deviceId, rotated.successor);
        }
        // The old device counts until then, at most.
        _checkClaimedSince(deviceId, slot, rotated.rotatedAt);
        _checkClaimedSince(deviceId, slot, old.closedAt());
        _succeed(deviceId, slot, old);

        emit DeviceRotated(rotated.deviceId, deviceId, rotated.rotatedAt);
    }

    /// @inheritdoc IDeviceLife
    function offerDevice(bytes32 deviceId, address to) external {
        DeviceSlot slot = _devices[deviceId].slot;
        _checkDeviceOwner(deviceId, slot);
        _checkTrusted(deviceId, slot, slot.closedAt());

        _deeds[deviceId].offeredTo = to;

        emit DeviceOffered(deviceId, msg.sender, to);
    }

    /// @inheritdoc IDeviceLife
    function acceptDevice(bytes32 deviceId) external {
        DeviceDeed storage deed = _deeds[deviceId];
        if (msg.sender != deed.offeredTo) {
            revert DeviceNotOffered(deviceId, msg.sender, deed.offeredTo);
        }
        DeviceSlot slot = _devices[deviceId].slot;
        _checkTrusted(deviceId, slot, slot.closedAt());
        _join();
        address from = _ownerOf(deviceId, slot);
        uint32 projectId = slot.projectId();

        // What is not credited by now is not credited in that project.
        if (projectId != 0) _releaseCapacity(slot, 0);
        deed.owner = msg.sender;
        deed.offeredTo = address(0);
        _devices[deviceId].slot = slot.unbound();

        emit DeviceHandedOver(deviceId, from, msg.sender, projectId);
    }

    /// @inheritdoc IDeviceLife
    function replaceMeter(
        bytes calldata statement,
        bytes calldata publicKey,
        bytes calldata signature
    ) external {
        (bytes32 statementHash, MeterReplacement memory replaced) = _checkReplacement(
            statement,
            publicKey,
            signature
        );
        bytes32 deviceId = replaced.deviceId;
        DeviceSlot opening = _devices[deviceId].slot;
        _checkSignOff(deviceId, opening, replaced.replacedAt);
        _checkSettled(deviceId, opening, replaced);

        DeviceSlot closing = opening.advanced(
            replaced.sequence,
            replaced.replacedAt,
            replaced.exportWh,
            replaced.importWh
        );
        _devices[deviceId].slot = closing;

        emit MeterReplaced(deviceId, msg.sender, statementHash, opening, closing);
    }

    /// @inheritdoc IDeviceLife
    function freezeDevice(
        bytes calldata publicKey,
        bytes calldata headerA,
        bytes calldata signatureA,
        bytes calldata headerB,
        bytes calldata signatureB
    ) external {
        bytes32 hashA = _checkHeader(headerA, publicKey, signatureA);
        bytes32 hashB = _checkHeader(headerB, publicKey, signatureB);
        bytes32 deviceId = headerA.deviceIdOf();
        if (
            hashA == hashB ||
            deviceId != headerB.deviceIdOf() ||
            headerA.sequenceOf() != headerB.sequenceOf()
        ) revert NotEquivocal(hashA, hashB);
        DeviceSignature.check(deviceId, hashA, publicKey, signatureA);
        DeviceSignature.check(deviceId, hashB, publicKey, signatureB);
        DeviceSlot slot = _devices[deviceId].slot;
        _checkKnown(deviceId, slot);
        Checks.notFrozen(deviceId, slot.status());

        // Nothing is credited any more, so the capacity is free from the last credited closing on.
        if (slot.status() == DeviceStatus.Bound) _releaseCapacity(slot, 0);
        _devices[deviceId].slot = slot.withStatus(DeviceStatus.Frozen);

        // Safe unchecked cast: the header is well-formed.
        emit DeviceFrozen(deviceId, msg.sender, uint32(headerA.sequenceOf()), hashA, hashB);
    }

    /// @dev Reverts unless `header` is well-formed and signed for this registry.
    function _checkOrigin(bytes calldata header, bytes32 expectedDomain) internal pure {
        header.checkForm();
        bytes32 found = header.domainOf();
        if (found != expectedDomain) revert DomainMismatch(found, expectedDomain);
    }

    /// @return devicesW Watts that are bound to the project with this device.
    function _register(
        uint32 projectId,
        uint256 boundW,
        bytes calldata record
    ) private returns (uint256 devicesW) {
        (bytes32 deviceId, DeviceSlot slot) = _claim(
            record.sliceAt(0, DeviceClaim.SIZE),
            record.sliceAt(KEY_AT, DeviceSignature.PUBLIC_KEY_SIZE),
            record.sliceAt(SIGNATURE_AT, DeviceSignature.SIZE)
        );
        uint32 capacityW = uint32(uint256(record.wordAt(CAPACITY_AT)) >> 224);
        (slot, devicesW) = _bind(deviceId, slot, projectId, capacityW, boundW);

        _devices[deviceId].slot = slot;
    }

    /// @dev Stores a claimed device in the place of `old`, whose capacity it takes over unchanged.
    function _succeed(bytes32 deviceId, DeviceSlot slot, DeviceSlot old) private {
        uint32 projectId = old.projectId();
        if (projectId == 0) {
            _deeds[deviceId].owner = msg.sender;
            _devices[deviceId].slot = slot;
            return;
        }

        _devices[deviceId].slot = slot.bound(projectId, old.capacityW());

        emit DeviceBound(deviceId, projectId, old.capacityW());
    }

    function _checkRotation(
        bytes calldata rotation,
        bytes calldata publicKey,
        bytes calldata signature
    ) private view returns (Rotation memory rotated) {
        _checkSizes(rotation, DeviceStatements.ROTATION_SIZE, publicKey, signature);
        rotated = DeviceStatements.parseRotation(rotation);
        _checkDomain(rotated.domain);
        DeviceSignature.check(rotated.deviceId, rotation.sha256Of(), publicKey, signature);
    }

    function _checkReplacement(
        bytes calldata statement,
        bytes calldata publicKey,
        bytes calldata signature
    ) private view returns (bytes32 statementHash, MeterReplacement memory replaced) {
        _checkSizes(statement, DeviceStatements.METER_SIZE, publicKey, signature);
        replaced = DeviceStatements.parseMeter(statement);
        _checkDomain(replaced.domain);
        statementHash = statement.sha256Of();
        DeviceSignature.check(replaced.deviceId, statementHash, publicKey, signature);
    }

    /// @dev Reverts unless the caller may sign off for the device, which belongs to a project.
    function _checkSignOff(bytes32 deviceId, DeviceSlot slot, uint256 replacedAt) private view {
        _checkAccredited();
        _checkKnown(deviceId, slot);
        _checkTrusted(deviceId, slot, replacedAt);
        if (slot.projectId() == 0) revert DeviceUnbound(deviceId);
    }

    function _checkSettled(
        bytes32 deviceId,
        DeviceSlot slot,
        MeterReplacement memory replaced
    ) private view {
        if (replaced.replacedAt > block.timestamp) {
            revert ReplacementInFuture(deviceId, replaced.replacedAt, block.timestamp);
        }
        if (replaced.sequence != slot.sequence()) {
            revert MeterNotSettled(deviceId, replaced.sequence, slot.sequence());
        }
        if (replaced.replacedAt <= slot.closedAt()) {
            revert TimeOverlap(deviceId, replaced.replacedAt, slot.closedAt());
        }
    }

    /// @dev Reverts unless the header is valid by itself, but for its signature.
    function _checkHeader(
        bytes calldata header,
        bytes calldata publicKey,
        bytes calldata signature
    ) private view returns (bytes32 headerHash) {
        _checkSizes(header, WindowHeader.SIZE, publicKey, signature);
        _checkOrigin(header, _domain());
        header.checkTimeOrder();
        return header.sha256Of();
    }

    function _checkSizes(
        bytes calldata statement,
        uint256 size,
        bytes calldata publicKey,
        bytes calldata signature
    ) private pure {
        if (
            statement.length != size ||
            publicKey.length != DeviceSignature.PUBLIC_KEY_SIZE ||
            signature.length != DeviceSignature.SIZE
        ) revert StatementInvalid(statement.length, publicKey.length, signature.length);
    }
}
