// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "../libraries/Bytes.sol";
import {Checks} from "../libraries/Checks.sol";
import {Claim, DeviceClaim} from "../libraries/DeviceClaim.sol";
import {Device, DeviceStatus} from "../types/Device.sol";
import {DeviceSignature} from "../libraries/DeviceSignature.sol";
import {IDevices} from "../interfaces/IDevices.sol";
import {DeviceSlot, DeviceSlots} from "../types/DeviceSlot.sol";
import {ProjectState, Projects} from "./Projects.sol";

/// @dev All that crediting needs.
struct DeviceState {
    DeviceSlot slot;
}

/// @dev What crediting does not need; `revokedFrom` is read only when the status says so.
struct DeviceDeed {
    /// Who owns it while it belongs to no project. Otherwise the project's owner does, which saves
    /// a slot for each device that is registered and bound at once.
    address owner;
    uint40 revokedFrom;
    address offeredTo;
}

/// @title Devices
abstract contract Devices is IDevices, Projects {
    using Bytes for bytes;

    uint256 private immutable CHAIN_ID = block.chainid;
    bytes32 private immutable DOMAIN = _domainOf(block.chainid);

    mapping(bytes32 deviceId => DeviceState) internal _devices;
    mapping(bytes32 deviceId => DeviceDeed) internal _deeds;

    /// @inheritdoc IDevices
    function claimDevice(
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) external {
        (bytes32 deviceId, DeviceSlot slot) = _claim(claim, publicKey, signature);
        _join();

        _deeds[deviceId].owner = msg.sender;
        _devices[deviceId].slot = slot;
    }

    /// @inheritdoc IDevices
    function bindDevice(bytes32 deviceId, uint32 projectId, uint32 capacityW) external {
        DeviceSlot slot = _devices[deviceId].slot;
        _checkDeviceOwner(deviceId, slot);
        _checkProjectOwner(projectId);
        _checkTrusted(deviceId, slot, slot.closedAt());
        if (slot.projectId() != 0) revert DeviceAlreadyBound(deviceId, slot.projectId());
        ProjectState storage plant = _projects[projectId];
        uint256 devicesW = plant.boundCapacityW;
        (slot, devicesW) = _bind(deviceId, slot, projectId, capacityW, devicesW);

        // Safe unchecked cast: at most the plant's capacity, a uint32.
        plant.boundCapacityW = uint32(devicesW);
        _devices[deviceId].slot = slot;
    }

    /// @inheritdoc IDevices
    function revokeDevice(bytes32 deviceId, uint40 from) external {
        DeviceSlot slot = _devices[deviceId].slot;
        _checkDeviceOwner(deviceId, slot);
        DeviceDeed storage deed = _deeds[deviceId];
        DeviceStatus status = slot.status();
        Checks.notFrozen(deviceId, status);
        if (status == DeviceStatus.Revoked && from >= deed.revokedFrom) {
            revert RevocationNotEarlier(deviceId, from, deed.revokedFrom);
        }

        if (status == DeviceStatus.Bound) _releaseCapacity(slot, from);
        _revoke(deviceId, slot, from);
    }

    /// @inheritdoc IDevices
    function domain() external view returns (bytes32) {
        return _domain();
    }

    /// @inheritdoc IDevices
    function device(bytes32 deviceId) external view returns (Device memory) {
        DeviceSlot slot = _devices[deviceId].slot;
        DeviceDeed storage deed = _deeds[deviceId];
        return
            Device({
                owner: _ownerOf(deviceId, slot),
                projectId: slot.projectId(),
                sequence: slot.sequence(),
                closedAt: slot.closedAt(),
                exportWh: slot.exportWh(),
                importWh: slot.importWh(),
                capacityW: slot.capacityW(),
                status: slot.status(),
                revokedFrom: deed.revokedFrom,
                offeredTo: deed.offeredTo
            });
    }

    /// @dev Checks and announces a claim of the caller; the caller of this stores the slot.
    function _claim(
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) internal returns (bytes32 deviceId, DeviceSlot slot) {
        Claim memory claimed = _checkClaim(claim, publicKey, signature);
        deviceId = claimed.deviceId;
        DeviceSlot known = _devices[deviceId].slot;
        if (known.status() != DeviceStatus.None) {
            revert DeviceAlreadyClaimed(deviceId, _ownerOf(deviceId, known));
        }

        slot = DeviceSlots.claimed(claimed.claimedAt, claimed.exportWh, claimed.importWh);

        emit DeviceClaimed(
            deviceId,
            msg.sender,
            publicKey,
            claim.sha256Of(),
            claimed.claimedAt,
            claimed.exportWh,
            claimed.importWh
        );
    }

    /// @dev Binds a device and announces it; the caller stores the slot and the sum, in watts, of
    /// the capacities that are bound to the project.
    function _bind(
        bytes32 deviceId,
        DeviceSlot slot,
        uint32 projectId,
        uint32 capacityW,
        uint256 boundW
    ) internal returns (DeviceSlot bound, uint256 devicesW) {
        Checks.positive("capacityW", capacityW);
        ProjectState storage plant = _projects[projectId];
        _checkClaimedSince(deviceId, slot, plant.replacementsFrom);
        // No overflow: the sum of two numbers below 2^32.
        devicesW = boundW + capacityW;
        uint256 plantW = plant.capacityW;
        if (devicesW > plantW) revert PlantCapacityExceeded(projectId, devicesW, plantW);

        bound = slot.bound(projectId, capacityW);

        emit DeviceBound(deviceId, projectId, capacityW);
    }

    /// @dev The caller has released the device's capacity, or given it to another device.
    function _revoke(bytes32 deviceId, DeviceSlot slot, uint40 from) internal {
        if (from > block.timestamp) revert RevocationInFuture(deviceId, from, block.timestamp);

        _devices[deviceId].slot = slot.withStatus(DeviceStatus.Revoked);
        _deeds[deviceId].revokedFrom = from;

        emit DeviceRevoked(deviceId, from);
    }

    /// @dev Whatever is bound later was claimed after everything that the device can still be
    /// credited for in the project: that closed before `from`, or was credited already.
    function _releaseCapacity(DeviceSlot slot, uint40 from) internal {
        ProjectState storage plant = _projects[slot.projectId()];
        plant.boundCapacityW -= slot.capacityW();
        uint40 free = from > slot.closedAt() ? from : slot.closedAt();
        if (free > plant.replacementsFrom) plant.replacementsFrom = free;
    }

    /// @dev Computed anew when the chain was split, so that energy counts on one side only.
    function _domain() internal view returns (bytes32) {
        return block.chainid == CHAIN_ID ? DOMAIN : _domainOf(block.chainid);
    }

    function _checkDomain(bytes32 found) internal view {
        bytes32 expected = _domain();
        if (found != expected) revert DomainMismatch(found, expected);
    }

    /// @dev Reverts when a revoked device is revoked from a time at or before `closedAt`.
    function _checkRevocation(bytes32 deviceId, uint256 closedAt) internal view {
        uint40 from = _deeds[deviceId].revokedFrom;
        if (closedAt >= from) Checks.revertRevoked(deviceId, from, closedAt);
    }

    /// @dev Reverts when the device is revoked, from whatever time on, or frozen.
    /// @param time Of what is refused, for the error.
    function _checkTrusted(bytes32 deviceId, DeviceSlot slot, uint256 time) internal view {
        DeviceStatus status = slot.status();
        Checks.notFrozen(deviceId, status);
        if (status == DeviceStatus.Revoked) {
            Checks.revertRevoked(deviceId, _deeds[deviceId].revokedFrom, time);
        }
    }

    function _checkDeviceOwner(bytes32 deviceId, DeviceSlot slot) internal view {
        _checkKnown(deviceId, slot);
        address owner = _ownerOf(deviceId, slot);
        if (msg.sender != owner) revert NotDeviceOwner(deviceId, msg.sender, owner);
    }

    function _checkKnown(bytes32 deviceId, DeviceSlot slot) internal pure {
        if (slot.status() == DeviceStatus.None) revert DeviceUnknown(deviceId);
    }

    function _checkClaimedSince(bytes32 deviceId, DeviceSlot slot, uint40 from) internal pure {
        uint40 claimedAt = slot.closedAt();
        if (claimedAt < from) revert DeviceClaimedTooEarly(deviceId, claimedAt, from);
    }

    function _ownerOf(bytes32 deviceId, DeviceSlot slot) internal view returns (address) {
        uint32 projectId = slot.projectId();
        return projectId == 0 ? _deeds[deviceId].owner : _projects[projectId].owner;
    }

    function _checkClaim(
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) private view returns (Claim memory claimed) {
        if (
            claim.length != DeviceClaim.SIZE ||
            publicKey.length != DeviceSignature.PUBLIC_KEY_SIZE ||
            signature.length != DeviceSignature.SIZE
        ) revert ClaimInvalid(claim.length, publicKey.length, signature.length);

        claimed = DeviceClaim.parse(claim);
        _checkDomain(claimed.domain);
        if (claimed.owner != msg.sender) {
            revert NotDeviceOwner(claimed.deviceId, msg.sender, claimed.owner);
        }
        DeviceSignature.check(claimed.deviceId, claim.sha256Of(), publicKey, signature);
    }

    function _domainOf(uint256 chainId) private view returns (bytes32) {
        return sha256(abi.encodePacked("TrueTonne/v1/domain", uint64(chainId), address(this)));
    }
}
