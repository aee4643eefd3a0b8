// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SignedOpinion, Verdict} from "../types/Opinion.sol";

/// @title IOpinions
/// @notice Opinions that verifiers sign as typed data (EIP-712) and anyone submits. The domain is
/// `TrueTonne`, version `1`, the chain and the contract that counts; ERC-5267 tells it. What is signed:
/// Opinion(address verifier,uint64 batchId,bytes32 root,uint8 verdict,uint8 round,bytes32 reasonHash,
/// string reasonUri,uint40 deadline)
/// The verifier is signed too, so that one key that speaks for two accredited wallets is asked twice.
interface IOpinions {
    /// @notice An opinion counts.
    event Opined(
        uint64 indexed batchId,
        address indexed verifier,
        Verdict verdict,
        bytes32 reasonHash,
        string reasonUri
    );

    /// @notice The batch under this id has another root: it was decided on after the chain was
    /// reorganised, or about another batch.
    error BatchRootMismatch(uint64 batchId, bytes32 found, bytes32 expected);

    /// @notice Nothing was submitted that could count.
    error OpinionMissing(uint64 batchId);

    /// @notice The opinion may not be submitted any more, Unix seconds.
    error OpinionExpired(address verifier, uint256 deadline, uint256 blockTimestamp);

    /// @notice The verifier gave its opinion on this batch already.
    error OpinionRepeated(uint64 batchId, address verifier);

    /// @notice Enough opinions are there without this one.
    error OpinionNotNeeded(uint64 batchId, address verifier);

    /// @notice This contract does not count this verdict.
    error VerdictUnknown(address verifier, Verdict verdict);

    /// @notice Whoever rejects or voids has to say why.
    error ReasonMissing(address verifier, Verdict verdict);

    /// @notice The signature is not the verifier's over this opinion for this chain and contract.
    error OpinionSignatureInvalid(address verifier, bytes32 digest);

    /// @notice What a verifier signs, as the wallet hashes it.
    /// @param opinion The signature in it is left alone.
    function digestOf(
        uint64 batchId,
        bytes32 root,
        SignedOpinion calldata opinion
    ) external view returns (bytes32);
}
