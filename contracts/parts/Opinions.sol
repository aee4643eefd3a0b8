// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Checks} from "../libraries/Checks.sol";
import {IOpinions} from "../interfaces/IOpinions.sol";
import {SignedOpinion, Verdict} from "../types/Opinion.sol";
import {Tally} from "../types/Tally.sol";

/// @title Opinions
/// @dev Checks and counts signed opinions, for the contracts that act on them.
abstract contract Opinions is IOpinions, EIP712 {
    bytes32 private constant OPINION_TYPE = keccak256(
        "Opinion(address verifier,uint64 batchId,bytes32 root,uint8 verdict,uint8 round,bytes32 reasonHash,string reasonUri,uint40 deadline)"
    );
    uint256 private constant URI_BYTES = 256;

    mapping(uint64 batchId => Tally) internal _tallies;

    constructor() EIP712("TrueTonne", "1") {}

    /// @inheritdoc IOpinions
    function digestOf(
        uint64 batchId,
        bytes32 root,
        SignedOpinion calldata opinion
    ) external view returns (bytes32) {
        return _digestOf(batchId, root, _tallies[batchId].round(), opinion);
    }

    /// @dev The number of an accredited verifier; reverts for anybody else.
    function _numberOf(address verifier) internal view virtual returns (uint16);

    /// @dev Checks one opinion, announces it, and answers the tally with it.
    function _count(
        uint64 batchId,
        bytes32 root,
        Tally tally,
        SignedOpinion calldata opinion
    ) internal returns (Tally) {
        address verifier = opinion.verifier;
        bool approves = opinion.verdict == Verdict.Approve;
        if (block.timestamp > opinion.deadline) {
            revert OpinionExpired(verifier, opinion.deadline, block.timestamp);
        }
        Checks.textOrNone("reasonUri", opinion.reasonUri, URI_BYTES);
        if (!approves && opinion.reasonHash == 0) revert ReasonMissing(verifier, opinion.verdict);
        uint16 number = _numberOf(verifier);
        if (tally.has(number)) revert OpinionRepeated(batchId, verifier);
        bytes32 digest = _digestOf(batchId, root, tally.round(), opinion);
        if (!_isSignedBy(verifier, digest, opinion.signature)) {
            revert OpinionSignatureInvalid(verifier, digest);
        }

        emit Opined(batchId, verifier, opinion.verdict, opinion.reasonHash, opinion.reasonUri);

        return approves ? tally.withApproval(number) : tally.withRejection(number);
    }

    /// @dev A key is tried first: whether the verifier is a contract costs a read of its account.
    function _isSignedBy(
        address verifier,
        bytes32 digest,
        bytes calldata signature
    ) private view returns (bool) {
        (address signer, ECDSA.RecoverError problem, ) = ECDSA.tryRecoverCalldata(
            digest,
            signature
        );
        if (problem == ECDSA.RecoverError.NoError && signer == verifier) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(verifier, digest, signature);
    }

    function _checkRoot(uint64 batchId, bytes32 found, bytes32 expected) internal pure {
        if (found != expected) revert BatchRootMismatch(batchId, found, expected);
    }

    function _digestOf(
        uint64 batchId,
        bytes32 root,
        uint8 round,
        SignedOpinion calldata opinion
    ) private view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        OPINION_TYPE,
                        opinion.verifier,
                        batchId,
                        root,
                        opinion.verdict,
                        round,
                        opinion.reasonHash,
                        keccak256(bytes(opinion.reasonUri)),
                        opinion.deadline
                    )
                )
            );
    }
}
