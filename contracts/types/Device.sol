// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice How far a device has come. The numbers are part of the ABI and never reordered.
enum DeviceStatus {
    None,
    Claimed,
    Bound,
    Revoked
}

/// @notice A device as anyone may see it. All is zero when there is no such device.
/// @param owner Wallet that claimed it.
/// @param projectId Zero until bound.
/// @param sequence Of the last credited window; zero after the claim.
/// @param closedAt Of the last credited window, or of the claim, Unix seconds.
/// @param exportWh Export register at `closedAt`.
/// @param importWh Import register at `closedAt`.
/// @param capacityW Rated export power in watts; zero until bound.
/// @param status See {DeviceStatus}.
/// @param revokedFrom Windows that close at or after it don't count, Unix seconds; zero unless revoked.
/// @param claimHash SHA-256 of the claim, which the device's first window follows.
struct Device {
    address owner;
    uint32 projectId;
    uint32 sequence;
    uint40 closedAt;
    uint56 exportWh;
    uint56 importWh;
    uint32 capacityW;
    DeviceStatus status;
    uint40 revokedFrom;
    bytes32 claimHash;
}
