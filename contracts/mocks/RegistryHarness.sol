// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeviceSlots} from "../types/DeviceSlot.sol";
import {ProjectState} from "../parts/Projects.sol";
import {TonneRegistry} from "../TonneRegistry.sol";

/// @title RegistryHarness
/// @notice The registry, with a way to put projects and devices into any state.
contract RegistryHarness is TonneRegistry {
    constructor(address admin) TonneRegistry(admin) {}

    /// @notice Puts a project, credited at all times, where batch `batchCount` is its newest.
    function putProject(
        uint32 projectId,
        address submitter,
        uint32 factorUgPerWh,
        uint32 batchCount,
        uint64 deficitWh,
        uint32 remainderUg
    ) external {
        ProjectState storage state = _projects[projectId];
        state.owner = msg.sender;
        state.submitter = submitter;
        state.factorUgPerWh = factorUgPerWh;
        state.creditingUntil = type(uint40).max;
        state.batchCount = batchCount;
        state.deficitWh = deficitWh;
        state.remainderUg = remainderUg;
    }

    /// @notice Puts a device that is bound to a project at its last credited state.
    function putDevice(
        bytes32 deviceId,
        uint32 projectId,
        uint32 capacityW,
        uint32 sequence,
        uint40 closedAt,
        uint56 exportWh,
        uint56 importWh
    ) external {
        _devices[deviceId].slot = DeviceSlots
            .claimed(closedAt, exportWh, importWh)
            .bound(projectId, capacityW)
            .advanced(sequence, closedAt, exportWh, importWh);
    }
}
