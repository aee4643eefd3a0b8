// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Assertions} from "./support/Assertions.sol";
import {Carry, Crediting, Energy} from "../libraries/Crediting.sol";

/// @notice SPEC section 7, derived a second time with signed numbers and one division per gram.
contract CreditingTest is Assertions {
    /// @dev Registers of some 250 devices at once, and factors far above any grid's.
    uint256 private constant MAX_WH = type(uint64).max;

    function testFuzz_SameAsSignedDerivation(
        uint64 exportedWh,
        uint64 importedWh,
        uint64 deductedSeed,
        uint32 factorUgPerWh,
        uint64 deficitWh,
        uint32 remainderSeed
    ) external pure {
        uint256 deductedWh = bound(deductedSeed, 0, exportedWh);
        uint256 remainderUg = bound(remainderSeed, 0, 999_999);

        (uint256 creditableWh, uint256 grams, Carry memory carried) = Crediting.creditDown(
            Energy(exportedWh, importedWh, deductedWh),
            factorUgPerWh,
            Carry(deficitWh, remainderUg)
        );

        int256 netWh =
            int256(uint256(exportedWh)) -
                int256(uint256(importedWh)) -
                int256(deductedWh) -
                int256(uint256(deficitWh));
        assertEq(creditableWh, netWh > 0 ? uint256(netWh) : 0, "creditableWh");
        assertEq(carried.deficitWh, netWh < 0 ? uint256(-netWh) : 0, "deficitWh");
        uint256 micrograms = creditableWh * factorUgPerWh + remainderUg;
        assertEq(grams * 1_000_000 + carried.remainderUg, micrograms, "nothing is lost");
        assertTrue(carried.remainderUg < 1_000_000, "the remainder is below a gram");
    }

    /// @notice Law 3: a larger deduction, import or deficit never gives more.
    function testFuzz_OnlyDown(
        uint64 exportedWh,
        uint64 importedWh,
        uint64 deductedWh,
        uint64 deficitWh,
        uint64 moreWh,
        uint32 factorUgPerWh
    ) external pure {
        uint256 grams = _grams(exportedWh, importedWh, deductedWh, deficitWh, factorUgPerWh);
        uint256 more = moreWh;
        assertTrue(
            _grams(exportedWh, importedWh + more, deductedWh, deficitWh, factorUgPerWh) <= grams,
            "import"
        );
        assertTrue(
            _grams(exportedWh, importedWh, deductedWh + more, deficitWh, factorUgPerWh) <= grams,
            "deduction"
        );
        assertTrue(
            _grams(exportedWh, importedWh, deductedWh, deficitWh + more, factorUgPerWh) <= grams,
            "deficit"
        );
    }

    /// @notice Credits over two batches are those of one batch with both, to the microgram.
    function testFuzz_BatchesAddUp(
        uint64 firstWh,
        uint64 secondWh,
        uint32 factorUgPerWh
    ) external pure {
        (, uint256 first, Carry memory carried) = Crediting.creditDown(
            Energy(firstWh, 0, 0),
            factorUgPerWh,
            Carry(0, 0)
        );
        (, uint256 second, Carry memory rest) = Crediting.creditDown(
            Energy(secondWh, 0, 0),
            factorUgPerWh,
            carried
        );
        (, uint256 both, Carry memory restOfBoth) = Crediting.creditDown(
            Energy(uint256(firstWh) + secondWh, 0, 0),
            factorUgPerWh,
            Carry(0, 0)
        );
        assertEq(first + second, both, "grams");
        assertEq(rest.remainderUg, restOfBoth.remainderUg, "remainder");
    }

    function test_LargestNumbersDoNotOverflow() external pure {
        (uint256 creditableWh, uint256 grams, ) = Crediting.creditDown(
            Energy(MAX_WH, 0, 0),
            type(uint32).max,
            Carry(0, 999_999)
        );
        assertEq(creditableWh, MAX_WH, "creditableWh");
        assertEq(grams, (MAX_WH * type(uint32).max + 999_999) / 1_000_000, "grams");
    }

    function _grams(
        uint256 exportedWh,
        uint256 importedWh,
        uint256 deductedWh,
        uint256 deficitWh,
        uint256 factorUgPerWh
    ) private pure returns (uint256 grams) {
        (, grams, ) = Crediting.creditDown(
            Energy(exportedWh, importedWh, deductedWh),
            factorUgPerWh,
            Carry(deficitWh, 0)
        );
    }
}
