// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ClaimKind} from "./Batch.sol";

/// @notice A plant as its owner registers it. It never changes afterwards.
/// @param name Text of 1 to 64 bytes.
/// @param country ISO 3166-1 alpha-2, two capital letters.
/// @param latitudeE6 Degrees x 1,000,000; north is positive.
/// @param longitudeE6 Degrees x 1,000,000; east is positive.
/// @param utcOffsetMinutes The project's own fixed offset; it decides where a vintage year begins.
/// @param capacityW Rated export power in watts.
/// @param methodologyId Methodology version in force at `creditingFrom`.
/// @param creditingFrom Start of the crediting period, Unix seconds.
/// @param creditingUntil End of the crediting period, Unix seconds.
struct Plant {
    string name;
    bytes2 country;
    int32 latitudeE6;
    int32 longitudeE6;
    int16 utcOffsetMinutes;
    uint32 capacityW;
    uint16 methodologyId;
    uint40 creditingFrom;
    uint40 creditingUntil;
}

/// @notice A project as it stands.
/// @param owner Wallet that registered it; it alone binds devices and mints.
/// @param submitter Wallet that may submit batches; zero until validated.
/// @param validator Wallet that validated it; zero until validated.
/// @param factorUgPerWh Emission factor, micrograms CO2e per Wh; fixed once there is a submitter.
/// @param batchCount Number of the newest batch.
/// @param boundCapacityW Sum of the rated power of the bound, unrevoked devices, watts.
/// @param replacementsFrom Devices claimed before this time can't be bound any more, Unix seconds.
/// @param deficitWh Net import carried into the next batch.
/// @param remainderUg Micrograms lost to rounding so far, carried into the next batch; < 1,000,000.
/// @param approvals Verifiers that have to approve each batch, as the methodology version asks.
/// @param recomputation Whether an independent recomputation of each batch has to agree.
/// @param bufferBps Share of each mint that goes to the buffer, in 1/10,000.
/// @param kind What the batches submitted from now on are claimed as.
/// @param blocked Whether a debt or a void that was announced keeps the project from minting.
/// @param plant As registered.
struct Project {
    address owner;
    address submitter;
    address validator;
    uint32 factorUgPerWh;
    uint32 batchCount;
    uint32 boundCapacityW;
    uint40 replacementsFrom;
    uint64 deficitWh;
    uint32 remainderUg;
    uint8 approvals;
    bool recomputation;
    uint16 bufferBps;
    ClaimKind kind;
    bool blocked;
    Plant plant;
}
