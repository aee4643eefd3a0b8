// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice How far a device has come. The numbers are part of the ABI and never reordered.
enum DeviceStatus {
    None,
    Claimed,
    Bound,
    Revoked,
    Frozen
}

/// @notice A device as anyone may see it. All is zero when there is no such device.
/// @param owner Wallet that claimed it or took it over; the project's owner while it belongs to one.
/// @param projectId Zero while it belongs to no project.
/// @param sequence Of the last credited window; zero after the claim.
/// @param closedAt Of the last credited window, of a later meter replacement, or of the claim, Unix
/// seconds.
/// @param exportWh Export register at `closedAt`.
/// @param importWh Import register at `closedAt`.
/// @param capacityW Rated export power in watts; zero while it belongs to no project.
/// @param status See {DeviceStatus}.
/// @param revokedFrom Windows that close at or after it don't count, Unix seconds; zero unless revoked.
/// @param offeredTo Wallet that may take the device over; zero when it is not offered.
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
    address offeredTo;
}
