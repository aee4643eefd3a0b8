// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Grams taken out of circulation for good. Account, grams and time fill one storage slot;
/// credit id and first serial are the retirement id itself.
/// @param account In whose name.
/// @param creditId Which credit.
/// @param grams How much, grams CO2e.
/// @param firstSerial First of `grams` consecutive serials among the retired grams of this credit id.
/// @param retiredAt Unix seconds.
struct Retirement {
    address account;
    uint256 creditId;
    uint64 grams;
    uint64 firstSerial;
    uint32 retiredAt;
}
