// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Carry, Crediting, Energy} from "../libraries/Crediting.sol";
import {PlainText} from "../libraries/PlainText.sol";
import {Reading} from "../types/Reading.sol";
import {ReadingCodec} from "../libraries/ReadingCodec.sol";
import {UtcDate} from "../libraries/UtcDate.sol";

/// @title LibraryHarness
/// @notice Libraries that the registry uses inside, for tests to call.
contract LibraryHarness {
    function creditDown(
        Energy calldata energy,
        uint256 factorUgPerWh,
        Carry calldata opening
    ) external pure returns (uint256 creditableWh, uint256 grams, Carry memory closing) {
        return Crediting.creditDown(energy, factorUgPerWh, opening);
    }

    function decodeReading(
        bytes calldata readings,
        uint256 index
    ) external pure returns (Reading memory) {
        return ReadingCodec.decodeAt(readings, index);
    }

    function verifyProof(
        bytes32[] calldata proof,
        bytes32 root,
        bytes32 leaf
    ) external pure returns (bool) {
        return MerkleProof.verifyCalldata(proof, root, leaf);
    }

    function clean(bytes calldata text) external pure returns (bytes memory) {
        return bytes(PlainText.clean(string(text)));
    }

    function dateOf(uint256 timestamp) external pure returns (string memory) {
        return UtcDate.textOf(timestamp);
    }
}
