// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeviceSlot} from "../types/DeviceSlot.sol";

/// @title IDeviceLife
/// @notice What happens to a device after its claim (SPEC section 9).
interface IDeviceLife {
    /// @notice The old key named its successor; the old device counts until `rotatedAt`.
    event DeviceRotated(bytes32 indexed deviceId, bytes32 indexed successor, uint40 rotatedAt);

    /// @notice The owner offers the device to a wallet; to none (0) when the offer is withdrawn.
    event DeviceOffered(bytes32 indexed deviceId, address indexed owner, address indexed to);

    /// @notice The device belongs to another wallet and left its project; 0 when it had none.
    event DeviceHandedOver(
        bytes32 indexed deviceId,
        address indexed from,
        address indexed to,
        uint32 projectId
    );

    /// @notice The meter behind a device was replaced; `statementHash` is the SHA-256 of what the
    /// device signed.
    /// @dev The slots as they are stored (SPEC section 8).
    event MeterReplaced(
        bytes32 indexed deviceId,
        address indexed validator,
        bytes32 statementHash,
        DeviceSlot opening,
        DeviceSlot closing
    );

    /// @notice Two different windows of one sequence number froze the device for good.
    event DeviceFrozen(
        bytes32 indexed deviceId,
        address indexed reporter,
        uint32 sequence,
        bytes32 headerHashA,
        bytes32 headerHashB
    );

    /// @notice A statement, its public key or its signature has another length than SPEC section 9
    /// gives it.
    error StatementInvalid(
        uint256 statementLength,
        uint256 publicKeyLength,
        uint256 signatureLength
    );

    /// @notice A registration is one or more whole records of `recordSize` bytes.
    error RegistrationInvalid(uint256 length, uint256 recordSize);

    /// @notice The claim is of another device than the one that the old key named.
    error SuccessorMismatch(bytes32 deviceId, bytes32 claimedId, bytes32 successor);

    /// @notice The device is not offered to the caller; `offeredTo` is 0 when it is to nobody.
    error DeviceNotOffered(bytes32 deviceId, address caller, address offeredTo);

    /// @notice Not all that the old meter measured is credited: the slot stands at `lastSequence`.
    error MeterNotSettled(bytes32 deviceId, uint256 sequence, uint256 lastSequence);

    /// @notice The meter was replaced after the block, Unix seconds.
    error ReplacementInFuture(bytes32 deviceId, uint256 replacedAt, uint256 blockTimestamp);

    /// @notice The headers are one and the same, or of two devices or two sequence numbers.
    error NotEquivocal(bytes32 headerHashA, bytes32 headerHashB);

    /// @notice Claims many devices for the caller and binds each to a project of the caller.
    ///
    /// Notes:
    /// - `records` is one record of 244 bytes per device: claim 112, public key 64, signature 64,
    ///   capacityW 4. One refusal undoes everything.
    ///
    /// Requirements, for each: those of {IDevices-claimDevice} and {IDevices-bindDevice}.
    function registerDevices(uint32 projectId, bytes calldata records) external;

    /// @notice Puts the device that the old key named in the old one's place.
    ///
    /// Notes:
    /// - the old device is revoked from rotatedAt on; what it measured before still counts;
    /// - the successor takes project and capacity over, so the capacity is never free in between.
    ///
    /// Requirements:
    /// - `rotation` (108 bytes) is of this registry and signed by the old key;
    /// - the caller owns the old device, which is neither revoked nor frozen;
    /// - rotatedAt is not after the block;
    /// - `claim` is of the named successor, for the caller, and meets {IDevices-claimDevice};
    /// - claimedAt is not before rotatedAt, nor before the old device's last credited closing.
    function rotateDevice(
        bytes calldata rotation,
        bytes calldata oldPublicKey,
        bytes calldata oldSignature,
        bytes calldata claim,
        bytes calldata publicKey,
        bytes calldata signature
    ) external;

    /// @notice Offers a device to another wallet, in place of an earlier offer.
    ///
    /// Requirements: the caller owns the device, which is neither revoked nor frozen.
    ///
    /// @param to Who may accept; 0 withdraws.
    function offerDevice(bytes32 deviceId, address to) external;

    /// @notice Takes over a device that is offered to the caller.
    ///
    /// Notes:
    /// - the device leaves its project, whose capacity is free from the last credited closing on;
    /// - what was measured and not yet credited goes with the device. A batch of the old project that
    ///   holds it and was not yet submitted is refused, so it is sealed anew without the device.
    ///
    /// Requirements: the device is neither revoked nor frozen.
    function acceptDevice(bytes32 deviceId) external;

    /// @notice Signs off that the meter behind a device was replaced: its registers begin anew.
    ///
    /// Requirements:
    /// - `statement` (132 bytes) is of this registry and signed by the device, which belongs to a
    ///   project and is neither revoked nor frozen;
    /// - the caller is accredited now; so it owns no project and submits for none ({RoleTaken});
    /// - replacedAt is not after the block;
    /// - the slot stands at the statement's sequence, and closed before replacedAt.
    function replaceMeter(
        bytes calldata statement,
        bytes calldata publicKey,
        bytes calldata signature
    ) external;

    /// @notice Freezes a device whose key signed two different windows with one sequence number.
    ///
    /// Notes:
    /// - anyone may prove it; nothing of the device is credited from then on, and there is no way back;
    /// - what was credited already stays credited.
    ///
    /// Requirements:
    /// - both headers are of this registry and valid by themselves, of one device and one sequence
    ///   number, different, and both signatures verify;
    /// - the device was claimed and is not frozen.
    function freezeDevice(
        bytes calldata publicKey,
        bytes calldata headerA,
        bytes calldata signatureA,
        bytes calldata headerB,
        bytes calldata signatureB
    ) external;
}
