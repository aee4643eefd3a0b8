// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "./Bytes.sol";
import {Reading} from "../types/Reading.sol";

/// @title ReadingCodec
/// @notice Decodes readings (SPEC section 3).
library ReadingCodec {
    using Bytes for bytes;

    uint256 internal constant SIZE = 88;

    /// @notice The reading at `index`; the caller has checked that it is there.
    function decodeAt(
        bytes calldata readings,
        uint256 index
    ) internal pure returns (Reading memory reading) {
        bytes calldata data = readings[index * SIZE:(index + 1) * SIZE];
        reading.readAt = uint64(data.uint64At(0));
        reading.exportWh = uint64(data.uint64At(8));
        reading.importWh = uint64(data.uint64At(16));
        reading.present = uint32(_int32At(data, 24));
        reading.status = uint32(_int32At(data, 28));
        reading.activePowerMw = int64(uint64(data.uint64At(32)));
        reading.apparentPowerMva = int64(uint64(data.uint64At(40)));
        reading.voltageMv = _int32At(data, 48);
        reading.currentMa = _int32At(data, 52);
        reading.frequencyMhz = _int32At(data, 56);
        reading.powerFactorE4 = _int32At(data, 60);
        reading.ambientMc = _int32At(data, 64);
        reading.irradianceMwM2 = _int32At(data, 68);
        reading.efficiencyE4 = _int32At(data, 72);
        reading.batteryMv = _int32At(data, 76);
        reading.signalDbm = _int32At(data, 80);
        reading.firmware = uint32(_int32At(data, 84));
    }

    function _int32At(bytes calldata data, uint256 offset) private pure returns (int32) {
        return int32(uint32(uint256(data.wordAt(offset)) >> 224));
    }
}
