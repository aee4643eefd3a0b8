// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Reading} from "../types/Reading.sol";

/// @title ITonneReadings
/// @notice Single readings of batches, proven against the registry's roots. It holds nothing.
interface ITonneReadings {
    /// @notice No batch has this id.
    error BatchUnknown(uint64 batchId);

    /// @notice The window was signed for another chain or registry.
    error DomainMismatch(bytes32 found, bytes32 expected);

    /// @notice The window's header is not a leaf of the batch.
    error NotInBatch(uint64 batchId, bytes32 headerHash);

    /// @notice The readings are not as many as the header says.
    error CountMismatch(uint256 length, uint256 expectedLength);

    /// @notice The readings do not hash to the header's hash.
    error ReadingsHashMismatch(bytes32 found, bytes32 expected);

    /// @notice The window has no reading with this index.
    error ReadingUnknown(uint256 index, uint256 count);

    /// @notice A single reading, proven to be in a batch.
    ///
    /// Notes:
    /// - this proves membership. Signatures other than those of closing windows are in the batch file.
    ///
    /// Requirements:
    /// - the batch exists, `header` is well-formed and a leaf of it;
    /// - `readings` are those of the header, and `index` is one of them.
    ///
    /// @param header The window's 176 bytes.
    /// @param readings All readings of the window, 88 bytes each.
    /// @param index Which of them, from 0.
    /// @param proof Partners from the leaf upwards.
    function readingAt(
        uint64 batchId,
        bytes calldata header,
        bytes calldata readings,
        uint256 index,
        bytes32[] calldata proof
    ) external view returns (Reading memory);

    /// @notice The registry whose batches are read.
    function registry() external view returns (address);
}
