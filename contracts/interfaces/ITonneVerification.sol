// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOpinions} from "./IOpinions.sol";
import {IVerifiers} from "./IVerifiers.sol";
import {SignedOpinion} from "../types/Opinion.sol";

/// @title ITonneVerification
/// @notice Decides whether a batch counts, as its methodology version demands: by the opinions of k
/// verifiers, by an independent recomputation, or by both.
interface ITonneVerification is IOpinions, IVerifiers {
    /// @notice A recomputer told what it found. It agrees, or the batch is rejected.
    event Recomputed(
        uint64 indexed batchId,
        address indexed recomputer,
        bytes32 root,
        uint64 creditableWh,
        bool agrees
    );

    /// @notice The batch is not waiting for a decision: it is unknown, or was decided on.
    error BatchNotOpen(uint64 batchId);

    /// @notice The methodology version asks for no opinions.
    error OpinionNotAsked(uint64 batchId);

    /// @notice The methodology version asks for no recomputation.
    error RecomputationNotAsked(uint64 batchId);

    /// @notice A recomputation agreed already.
    error RecomputationRepeated(uint64 batchId);

    /// @notice The caller is a verifier and no recomputer.
    error NotRecomputer(address caller);

    /// @notice Counts opinions on a batch. As many approvals as the methodology version asks for verify
    /// it, unless a recomputation is missing; as many rejections reject it.
    ///
    /// Notes:
    /// - anyone may submit opinions, several at once; the signer need not pay;
    /// - a verifier has one opinion per batch, so nothing can be replayed;
    /// - accreditation counts when the opinion is submitted, not when it was signed.
    ///
    /// Requirements:
    /// - the batch is submitted, has this root and was not decided on;
    /// - each opinion approves or rejects, is not past its deadline, is needed, and is signed by a
    ///   verifier that is accredited now and gave none on this batch;
    /// - whoever rejects gives the hash of its reasons.
    function opine(uint64 batchId, bytes32 root, SignedOpinion[] calldata opinions) external;

    /// @notice Tells what an independent recomputation of the batch file found.
    ///
    /// Requirements:
    /// - the caller is a recomputer that is accredited now;
    /// - the batch is submitted, has the root that was asked about, and its methodology version asks for
    ///   a recomputation that did not agree yet.
    ///
    /// @param askedRoot Root of the batch when the recomputation was asked for.
    /// @param root As rebuilt from the file, with every signature checked.
    /// @param creditableWh As recomputed.
    function reportRecomputation(
        uint64 batchId,
        bytes32 askedRoot,
        bytes32 root,
        uint64 creditableWh
    ) external;

    /// @notice What counts so far of a batch that is not decided on.
    function tallyOf(
        uint64 batchId
    ) external view returns (uint256 approvals, uint256 rejections, bool recomputed);

    /// @notice The registry whose batches are verified.
    function registry() external view returns (address);
}
