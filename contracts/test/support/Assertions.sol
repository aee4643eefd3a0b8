// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Assertions
abstract contract Assertions {
    error NotEqual(string what, uint256 found, uint256 expected);
    error NotTrue(string what);

    function assertEq(uint256 found, uint256 expected, string memory what) internal pure {
        if (found != expected) revert NotEqual(what, found, expected);
    }

    function assertTrue(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    /// @notice A number of [minimum, maximum] that depends on `seed`.
    function bound(uint256 seed, uint256 minimum, uint256 maximum) internal pure returns (uint256) {
        if (maximum - minimum == type(uint256).max) return seed;
        return minimum + (seed % (maximum - minimum + 1));
    }
}
