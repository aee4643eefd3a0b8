// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a project carries from batch to batch.
/// @param deficitWh Net import that no export has made up for yet.
/// @param remainderUg Micrograms below a gram; < 1,000,000.
struct Carry {
    uint256 deficitWh;
    uint256 remainderUg;
}

/// @notice What a batch says of energy.
struct Energy {
    uint256 exportedWh;
    uint256 importedWh;
    uint256 deductedWh;
}

/// @title Crediting
/// @notice The crediting formula (SPEC section 7).
library Crediting {
    uint256 internal constant MICROGRAMS_PER_GRAM = 1_000_000;
    uint256 private constant BPS = 10_000;

    /// @notice Grams for the energy of a batch. What does not make a gram is carried, never lost.
    /// @dev GCCM001 v4: ER = BE - PE - LE, BE = (export - import) x combined margin, PE = LE = 0.
    /// @param factorUgPerWh Emission factor, micrograms CO2e per Wh.
    function creditDown(
        Energy memory energy,
        uint256 factorUgPerWh,
        Carry memory opening
    ) internal pure returns (uint256 creditableWh, uint256 grams, Carry memory closing) {
        uint256 owedWh = energy.importedWh + energy.deductedWh + opening.deficitWh;
        if (energy.exportedWh > owedWh) {
            creditableWh = energy.exportedWh - owedWh;
        } else {
            closing.deficitWh = owedWh - energy.exportedWh;
        }

        uint256 micrograms = creditableWh * factorUgPerWh + opening.remainderUg;
        grams = micrograms / MICROGRAMS_PER_GRAM;
        closing.remainderUg = micrograms % MICROGRAMS_PER_GRAM;
    }

    /// @notice A share of grams, rounded up: the buffer is never short of a gram.
    /// @param bps At most 10,000, so no more than `grams`.
    function shareUp(uint64 grams, uint256 bps) internal pure returns (uint64) {
        // No overflow, and a safe unchecked cast: at most `grams`.
        unchecked {
            return uint64((grams * bps + BPS - 1) / BPS);
        }
    }
}
