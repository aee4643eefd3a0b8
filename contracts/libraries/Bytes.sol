// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Bytes
/// @notice Big-endian fields of calldata.
/// @dev No bounds are checked: the caller has checked the length of the whole record once. Bytes past
/// the end would come from the rest of the calldata or be zero.
library Bytes {
    /// @notice The 8 bytes at `offset` as an unsigned number.
    function uint64At(bytes calldata data, uint256 offset) internal pure returns (uint256) {
        return uint256(wordAt(data, offset)) >> 192;
    }

    /// @notice The 32 bytes at `offset`.
    function wordAt(bytes calldata data, uint256 offset) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(data.offset, offset))
        }
    }
}
