// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeviceStatus} from "./Device.sol";

/// @notice All that crediting needs of a device, in the one storage slot that it reads and writes:
/// status 8 | capacityW 32 | importWh 56 | exportWh 56 | closedAt 40 | sequence 32 | projectId 32,
/// the highest bits first. Meaning and units as in {Device}.
type DeviceSlot is uint256;

using DeviceSlots for DeviceSlot global;

/// @title DeviceSlots
/// @dev Packed by hand because the compiler would read and write the slot once per field.
library DeviceSlots {
    uint256 private constant SEQUENCE_AT = 32;
    uint256 private constant CLOSED_AT = 64;
    uint256 private constant EXPORT_AT = 104;
    uint256 private constant IMPORT_AT = 160;
    uint256 private constant CAPACITY_AT = 216;
    uint256 private constant STATUS_AT = 248;

    uint256 private constant PROJECT = type(uint32).max;
    /// @dev projectId, capacityW and status: what crediting leaves as it is.
    uint256 private constant BINDING = (type(uint256).max << CAPACITY_AT) | PROJECT;

    /// @notice A device as its claim states it.
    function claimed(
        uint40 closedAt_,
        uint56 exportWh_,
        uint56 importWh_
    ) internal pure returns (DeviceSlot) {
        return
            DeviceSlot.wrap(0).advanced(0, closedAt_, exportWh_, importWh_).withStatus(
                DeviceStatus.Claimed
            );
    }

    /// @notice The same device, bound to a project.
    function bound(
        DeviceSlot slot,
        uint32 projectId_,
        uint32 capacityW_
    ) internal pure returns (DeviceSlot) {
        uint256 state = DeviceSlot.unwrap(slot) & ~BINDING;
        state |= (uint256(capacityW_) << CAPACITY_AT) | projectId_;
        return DeviceSlot.wrap(state).withStatus(DeviceStatus.Bound);
    }

    /// @notice The same device, claimed and of no project.
    function unbound(DeviceSlot slot) internal pure returns (DeviceSlot) {
        return DeviceSlot.wrap(DeviceSlot.unwrap(slot) & ~BINDING).withStatus(DeviceStatus.Claimed);
    }

    /// @notice The same device at another credited state.
    /// @dev The caller has checked that every number is below its limit.
    function advanced(
        DeviceSlot slot,
        uint256 sequence_,
        uint256 closedAt_,
        uint256 exportWh_,
        uint256 importWh_
    ) internal pure returns (DeviceSlot) {
        return
            DeviceSlot.wrap(
                (DeviceSlot.unwrap(slot) & BINDING) |
                    (sequence_ << SEQUENCE_AT) |
                    (closedAt_ << CLOSED_AT) |
                    (exportWh_ << EXPORT_AT) |
                    (importWh_ << IMPORT_AT)
            );
    }

    /// @notice The same device with another status.
    function withStatus(DeviceSlot slot, DeviceStatus status_) internal pure returns (DeviceSlot) {
        uint256 rest = (DeviceSlot.unwrap(slot) << 8) >> 8;
        return DeviceSlot.wrap(rest | (uint256(status_) << STATUS_AT));
    }

    function projectId(DeviceSlot slot) internal pure returns (uint32) {
        return uint32(DeviceSlot.unwrap(slot));
    }

    function sequence(DeviceSlot slot) internal pure returns (uint32) {
        return uint32(DeviceSlot.unwrap(slot) >> SEQUENCE_AT);
    }

    function closedAt(DeviceSlot slot) internal pure returns (uint40) {
        return uint40(DeviceSlot.unwrap(slot) >> CLOSED_AT);
    }

    function exportWh(DeviceSlot slot) internal pure returns (uint56) {
        return uint56(DeviceSlot.unwrap(slot) >> EXPORT_AT);
    }

    function importWh(DeviceSlot slot) internal pure returns (uint56) {
        return uint56(DeviceSlot.unwrap(slot) >> IMPORT_AT);
    }

    function capacityW(DeviceSlot slot) internal pure returns (uint32) {
        return uint32(DeviceSlot.unwrap(slot) >> CAPACITY_AT);
    }

    /// @notice Whether the device belongs to the project and was neither revoked nor frozen.
    function isBoundTo(DeviceSlot slot, uint32 projectId_) internal pure returns (bool) {
        uint256 found = DeviceSlot.unwrap(slot) & (PROJECT | (type(uint256).max << STATUS_AT));
        return found == (uint256(DeviceStatus.Bound) << STATUS_AT) | projectId_;
    }

    function status(DeviceSlot slot) internal pure returns (DeviceStatus) {
        return DeviceStatus(DeviceSlot.unwrap(slot) >> STATUS_AT);
    }
}
