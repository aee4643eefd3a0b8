// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Checks} from "../libraries/Checks.sol";
import {Claim, DeviceClaim} from "../libraries/DeviceClaim.sol";
import {Device, DeviceStatus} from "../types/Device.sol";
import {DeviceSignature} from "../libraries/DeviceSignature.sol";
import {IDevices} from "../interfaces/IDevices.sol";
import {DeviceSlot, DeviceSlots} from "../types/DeviceSlot.sol";
import {ProjectState, Projects} from "./Projects.sol";
import {DeviceRevoked as DeviceRevokedError} from "../types/Errors.sol";

/// @dev All that crediting needs.
struct DeviceState {
    DeviceSlot slot;
}

/// @dev What crediting does not need; `revokedFrom` is read only when the status says so.
struct DeviceDeed {
    address owner;
    uint40 revokedFrom;
    bytes32 claimHash;
}

/// @title Devices
abstract contract Devices is IDevices, Projects {
    uint256 private immutable CHAIN_ID = block.chainid;
    bytes32 private immutable DOMAIN = _domainOf(block.chainid);

    mapping(bytes32 deviceId => DeviceState) internal _devices;
    mapping(bytes32 deviceId => DeviceDeed) private _deeds;

    /// @inheritdoc IDevices
    function claimDevice(
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) external {
        Claim memory claimed = _checkClaim(claim, publicKey, signature);
        DeviceDeed storage deed = _deeds[claimed.deviceId];
        address owner = deed.owner;
        if (owner != address(0)) revert DeviceAlreadyClaimed(claimed.deviceId, owner);

        bytes32 claimHash = sha256(claim);
        deed.owner = msg.sender;
        deed.claimHash = claimHash;
        _devices[claimed.deviceId].slot = DeviceSlots.claimed(
            claimed.claimedAt,
            claimed.exportWh,
            claimed.importWh
        );

        emit DeviceClaimed(
            claimed.deviceId,
            msg.sender,
            publicKey,
            claimHash,
            claimed.claimedAt,
            claimed.exportWh,
            claimed.importWh
        );
    }

    /// @inheritdoc IDevices
    function bindDevice(bytes32 deviceId, uint32 projectId, uint32 capacityW) external {
        _checkDeviceOwner(deviceId);
        _checkProjectOwner(projectId);
        Checks.positive("capacityW", capacityW);
        DeviceSlot slot = _devices[deviceId].slot;
        ProjectState storage plant = _projects[projectId];
        _checkBindable(deviceId, slot, plant.replacementsFrom);
        // No overflow: the sum of two uint32 as uint256.
        uint256 devicesW = uint256(plant.boundCapacityW) + capacityW;
        uint256 plantW = plant.capacityW;
        if (devicesW > plantW) revert PlantCapacityExceeded(projectId, devicesW, plantW);

        // Safe unchecked cast: at most plantW, a uint32.
        plant.boundCapacityW = uint32(devicesW);
        _devices[deviceId].slot = slot.bound(projectId, capacityW);

        emit DeviceBound(deviceId, projectId, capacityW);
    }

    /// @inheritdoc IDevices
    function revokeDevice(bytes32 deviceId, uint40 from) external {
        _checkDeviceOwner(deviceId);
        if (from > block.timestamp) revert RevocationInFuture(deviceId, from, block.timestamp);
        DeviceSlot slot = _devices[deviceId].slot;
        DeviceDeed storage deed = _deeds[deviceId];
        DeviceStatus status = slot.status();
        if (status == DeviceStatus.Revoked && from >= deed.revokedFrom) {
            revert RevocationNotEarlier(deviceId, from, deed.revokedFrom);
        }

        if (status == DeviceStatus.Bound) _releaseCapacity(slot, from);
        _devices[deviceId].slot = slot.withStatus(DeviceStatus.Revoked);
        deed.revokedFrom = from;

        emit DeviceRevoked(deviceId, from);
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
                owner: deed.owner,
                projectId: slot.projectId(),
                sequence: slot.sequence(),
                closedAt: slot.closedAt(),
                exportWh: slot.exportWh(),
                importWh: slot.importWh(),
                capacityW: slot.capacityW(),
                status: slot.status(),
                revokedFrom: deed.revokedFrom,
                claimHash: deed.claimHash
            });
    }

    /// @dev Computed anew when the chain was split, so that energy counts on one side only.
    function _domain() internal view returns (bytes32) {
        return block.chainid == CHAIN_ID ? DOMAIN : _domainOf(block.chainid);
    }

    /// @dev Reverts when a revoked device is revoked from a time at or before `closedAt`.
    function _checkRevocation(bytes32 deviceId, uint256 closedAt) internal view {
        uint40 from = _deeds[deviceId].revokedFrom;
        if (closedAt >= from) revert DeviceRevokedError(deviceId, from, closedAt);
    }

    /// @dev Whatever is bound later was claimed after everything that the device can still be
    /// credited for: that closed before `from`, or was credited already.
    function _releaseCapacity(DeviceSlot slot, uint40 from) private {
        ProjectState storage plant = _projects[slot.projectId()];
        plant.boundCapacityW -= slot.capacityW();
        uint40 free = from > slot.closedAt() ? from : slot.closedAt();
        if (free > plant.replacementsFrom) plant.replacementsFrom = free;
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
        bytes32 expected = _domain();
        if (claimed.domain != expected) revert DomainMismatch(claimed.domain, expected);
        if (claimed.owner != msg.sender) {
            revert NotDeviceOwner(claimed.deviceId, msg.sender, claimed.owner);
        }
        DeviceSignature.check(claimed.deviceId, sha256(claim), publicKey, signature);
    }

    function _checkDeviceOwner(bytes32 deviceId) private view {
        address owner = _deeds[deviceId].owner;
        if (owner == address(0)) revert DeviceUnknown(deviceId);
        if (msg.sender != owner) revert NotDeviceOwner(deviceId, msg.sender, owner);
    }

    function _checkBindable(
        bytes32 deviceId,
        DeviceSlot slot,
        uint40 replacementsFrom
    ) private view {
        uint40 claimedAt = slot.closedAt();
        if (slot.status() == DeviceStatus.Revoked) {
            revert DeviceRevokedError(deviceId, _deeds[deviceId].revokedFrom, claimedAt);
        }
        if (slot.projectId() != 0) revert DeviceAlreadyBound(deviceId, slot.projectId());
        if (claimedAt < replacementsFrom) {
            revert DeviceClaimedTooEarly(deviceId, claimedAt, replacementsFrom);
        }
    }

    function _domainOf(uint256 chainId) private view returns (bytes32) {
        return sha256(abi.encodePacked("TrueTonne/v1/domain", uint64(chainId), address(this)));
    }
}
