// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Device} from "../types/Device.sol";

/// @title IDevices
/// @notice Devices, known by the SHA-256 of their P-256 public key, and the last state credited.
interface IDevices {
    /// @notice A device was claimed by its owner; `claimHash` is the SHA-256 of the claim.
    event DeviceClaimed(
        bytes32 indexed deviceId,
        address indexed owner,
        bytes publicKey,
        bytes32 claimHash,
        uint40 claimedAt,
        uint56 exportWh,
        uint56 importWh
    );

    /// @notice A device was bound to a project.
    event DeviceBound(bytes32 indexed deviceId, uint32 indexed projectId, uint32 capacityW);

    /// @notice Windows of the device that close at or after `from` no longer count.
    event DeviceRevoked(bytes32 indexed deviceId, uint40 from);

    /// @notice A claim has 112 bytes, its public key and its signature 64 each.
    error ClaimInvalid(uint256 claimLength, uint256 publicKeyLength, uint256 signatureLength);

    /// @notice The window or claim was signed for another chain or registry.
    error DomainMismatch(bytes32 found, bytes32 expected);

    /// @notice No device has this id.
    error DeviceUnknown(bytes32 deviceId);

    /// @notice The device was claimed but not bound to a project.
    error DeviceUnbound(bytes32 deviceId);

    /// @notice The device belongs to another project.
    error DeviceOfOtherProject(bytes32 deviceId, uint32 deviceProjectId, uint32 projectId);

    /// @notice The device was claimed before.
    error DeviceAlreadyClaimed(bytes32 deviceId, address owner);

    /// @notice The device belongs to a project; only a hand-over takes it out.
    error DeviceAlreadyBound(bytes32 deviceId, uint32 projectId);

    /// @notice The device was claimed before `from`, when another device still counted in its place.
    error DeviceClaimedTooEarly(bytes32 deviceId, uint256 claimedAt, uint256 from);

    /// @notice The caller does not own the device; `owner` is 0 when there is no such device.
    error NotDeviceOwner(bytes32 deviceId, address caller, address owner);

    /// @notice The devices together would be rated above their plant, watts.
    error PlantCapacityExceeded(uint32 projectId, uint256 devicesW, uint256 plantW);

    /// @notice A revocation lies in the future, Unix seconds.
    error RevocationInFuture(bytes32 deviceId, uint256 from, uint256 blockTimestamp);

    /// @notice A revocation can only move to an earlier time, Unix seconds.
    error RevocationNotEarlier(bytes32 deviceId, uint256 from, uint256 current);

    /// @notice The window does not close after the last credited one, or the meter was not replaced
    /// after it, Unix seconds.
    error TimeOverlap(bytes32 deviceId, uint256 closedAt, uint256 lastClosedAt);

    /// @notice Registers a device for the owner named in the claim that the device signed.
    ///
    /// Requirements:
    /// - `claim` has 112 bytes, `publicKey` and `signature` 64 each ({ClaimInvalid});
    /// - the claim's magic, domain and device id are right and its owner is the caller;
    /// - the signature is low-s and verifies;
    /// - the device was not claimed before.
    function claimDevice(
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) external;

    /// @notice Binds a device that belongs to no project.
    ///
    /// Notes:
    /// - after a device left the project, only devices claimed (or, after a hand-over, credited) since
    ///   then can be bound: the capacity of the plant is never in use twice at one time.
    ///
    /// Requirements:
    /// - the caller owns the device and the project, and the device is neither revoked nor frozen;
    /// - `capacityW` > 0, and with it the devices are not rated above the plant.
    ///
    /// @param capacityW Rated export power of the device in watts.
    function bindDevice(bytes32 deviceId, uint32 projectId, uint32 capacityW) external;

    /// @notice Ends the trust in a device from a time on, for instance when its key was stolen.
    ///
    /// Notes:
    /// - windows that close before `from` still count;
    /// - the capacity of the device becomes free for a replacement;
    /// - what was credited already stays credited.
    ///
    /// Requirements:
    /// - the caller owns the device and it is not frozen;
    /// - `from` is not after the block, and before an earlier revocation's.
    function revokeDevice(bytes32 deviceId, uint40 from) external;

    /// @notice What windows and claims of this registry are signed for (SPEC section 1).
    function domain() external view returns (bytes32);

    /// @notice A device as it stands. All is zero when there is no such device.
    function device(bytes32 deviceId) external view returns (Device memory);
}
