// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Batch, BatchStatus} from "./types/Batch.sol";
import {Bytes} from "./libraries/Bytes.sol";
import {ITonneReadings} from "./interfaces/ITonneReadings.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {Reading} from "./types/Reading.sol";
import {ReadingCodec} from "./libraries/ReadingCodec.sol";
import {WindowHeader} from "./libraries/WindowHeader.sol";

/// @title TonneReadings
/// @notice A view beside the registry, whose code has no room for it.
contract TonneReadings is ITonneReadings {
    using Bytes for bytes;
    using WindowHeader for bytes;

    ITonneRegistry private immutable REGISTRY;

    constructor(ITonneRegistry registry_) {
        REGISTRY = registry_;
    }

    /// @inheritdoc ITonneReadings
    function readingAt(
        uint64 batchId,
        bytes calldata header,
        bytes calldata readings,
        uint256 index,
        bytes32[] calldata proof
    ) external view returns (Reading memory) {
        _checkLeaf(batchId, header, proof);
        uint256 count = header.countOf();
        if (readings.length != count * ReadingCodec.SIZE) {
            revert CountMismatch(readings.length, count * ReadingCodec.SIZE);
        }
        bytes32 found = readings.sha256Of();
        bytes32 expected = header.readingsHashOf();
        if (found != expected) revert ReadingsHashMismatch(found, expected);
        if (index >= count) revert ReadingUnknown(index, count);
        return ReadingCodec.decodeAt(readings, index);
    }

    /// @inheritdoc ITonneReadings
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    /// @dev Reverts unless `header` is well-formed, of the registry and a leaf of the batch.
    function _checkLeaf(
        uint64 batchId,
        bytes calldata header,
        bytes32[] calldata proof
    ) private view {
        Batch memory batch = REGISTRY.batch(batchId);
        if (batch.status == BatchStatus.None) revert BatchUnknown(batchId);
        if (header.length != WindowHeader.SIZE) {
            revert WindowHeader.WindowTruncated(header.length, WindowHeader.SIZE);
        }
        header.checkForm();
        (bytes32 found, bytes32 expected) = (header.domainOf(), REGISTRY.domain());
        if (found != expected) revert DomainMismatch(found, expected);
        header.checkTimeOrder();
        bytes32 headerHash = header.sha256Of();
        if (!MerkleProof.verifyCalldata(proof, batch.root, headerHash)) {
            revert NotInBatch(batchId, headerHash);
        }
    }
}
