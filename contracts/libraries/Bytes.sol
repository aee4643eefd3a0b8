// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Bytes
/// @notice Big-endian fields of calldata.
/// @dev No bounds are checked: the caller has checked the length of the whole record once. Bytes past
/// the end would come from the rest of the calldata or be zero.
library Bytes {
    /// @notice The 2 bytes at `offset` as an unsigned number.
    function uint16At(bytes calldata data, uint256 offset) internal pure returns (uint256) {
        return uint256(wordAt(data, offset)) >> 240;
    }

    /// @notice The 8 bytes at `offset` as an unsigned number.
    function uint64At(bytes calldata data, uint256 offset) internal pure returns (uint256) {
        return uint256(wordAt(data, offset)) >> 192;
    }

    /// @notice The 32 bytes at `offset`.
    function wordAt(bytes calldata data, uint256 offset) internal pure returns (bytes32 word) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := calldataload(add(data.offset, offset))
        }
    }

    /// @notice SHA-256 of all bytes, by the precompile at 0x02.
    function sha256Of(bytes calldata data) internal view returns (bytes32 digest) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Input after the free memory pointer, which stays; output in scratch space.
            let input := mload(0x40)
            calldatacopy(input, data.offset, data.length)
            // The precompile fails only for want of gas; nothing may go on without the digest.
            if iszero(staticcall(gas(), 0x02, input, data.length, 0x00, 0x20)) {
                revert(0x00, 0x00)
            }
            digest := mload(0x00)
        }
    }

    /// @notice `length` bytes from `offset`.
    function sliceAt(
        bytes calldata data,
        uint256 offset,
        uint256 length
    ) internal pure returns (bytes calldata slice) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            slice.offset := add(data.offset, offset)
            slice.length := length
        }
    }
}
