// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice One reading as the device signed it, in the order and units of SPEC section 3.
/// @dev `readAt` is the field `at`, a name that Solidity keeps for itself. An optional field is measured when its bit in `present` is set; otherwise it is 0.
struct Reading {
    uint64 readAt;
    uint64 exportWh;
    uint64 importWh;
    uint32 present;
    uint32 status;
    int64 activePowerMw;
    int64 apparentPowerMva;
    int32 voltageMv;
    int32 currentMa;
    int32 frequencyMhz;
    int32 powerFactorE4;
    int32 ambientMc;
    int32 irradianceMwM2;
    int32 efficiencyE4;
    int32 batteryMv;
    int32 signalDbm;
    uint32 firmware;
}
