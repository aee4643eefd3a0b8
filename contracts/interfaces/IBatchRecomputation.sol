// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFunctionsClient} from "./IFunctions.sol";

/// @notice Who is asked, and what; fixed at deployment.
/// @param router Chainlink's FunctionsRouter.
/// @param subscriptionId Which of the router's subscriptions pays.
/// @param callbackGasLimit Gas that an answer may use.
/// @param donId The network of nodes.
/// @param sourceHash SHA-256 of the source that they run (functions/build.ts).
/// @param rpcUrl Where they read the chain.
struct RecomputationConfig {
    address router;
    uint64 subscriptionId;
    uint32 callbackGasLimit;
    bytes32 donId;
    bytes32 sourceHash;
    string rpcUrl;
}

/// @title IBatchRecomputation
/// @notice Has Chainlink Functions recompute batches from their public files and tells
/// {ITonneVerification}, as one of its recomputers, what was found. A mismatch rejects the batch.
///
/// A batch is recomputed in 1 to 32 shares: each rebuilds the root and all energy, and checks every n-th
/// signature. It agrees when all shares do, and is contradicted by one.
interface IBatchRecomputation is IFunctionsClient {
    /// @notice The nodes were asked for a share. Until it is answered nothing is known.
    event RecomputationRequested(
        uint64 indexed batchId,
        bytes32 indexed requestId,
        bytes32 root,
        uint8 share,
        uint8 shares
    );

    /// @notice A share agrees with the chain. With the last one the verification is told.
    event ShareAgreed(uint64 indexed batchId, bytes32 indexed requestId, uint8 share, uint8 shares);

    /// @notice A share contradicts the chain, and the verification is told. `code` is that of the first
    /// failure in the catalogue of errors, ASCII.
    event ShareContradicted(uint64 indexed batchId, bytes32 indexed requestId, bytes32 code);

    /// @notice The answer is no verdict, and the share may be asked for again. `reason` is an error as it
    /// would be reverted with: {SourceFailed}, {AnswerForeign}, {AnswerLate}, or the verification's, such
    /// as {ITonneVerification.BatchNotOpen}.
    event ShareInconclusive(uint64 indexed batchId, bytes32 indexed requestId, bytes reason);

    /// @notice Only the operator spends the subscription.
    error NotOperator(address caller, address operator);

    /// @notice Only the router hands over answers.
    error NotRouter(address caller, address router);

    /// @notice The source is not the one that is pinned.
    error SourceMismatch(bytes32 found, bytes32 expected);

    /// @notice No answer to this request is waited for: it was answered, or never sent.
    error RequestUnknown(bytes32 requestId);

    /// @notice There are 1 to 32 shares, and `share` counts from 0.
    error ShareInvalid(uint8 share, uint8 shares);

    /// @notice The source could not recompute, and said why: mostly a code of the catalogue of errors.
    error SourceFailed(bytes err);

    /// @notice The answer has the wrong form, or is about another batch, root or share.
    error AnswerForeign(bytes response);

    /// @notice Another recomputation of the batch began since this one was asked for.
    error AnswerLate(bytes32 root, uint8 shares);

    /// @notice Asks the nodes for one share. Begins anew when the batch has another root, or the number
    /// of shares is another.
    ///
    /// Requirements:
    /// - the caller is the operator, and `source` the one that is pinned;
    /// - the batch waits for a decision ({ITonneVerification.BatchNotOpen}), its methodology version
    ///   demands a recomputation ({ITonneVerification.RecomputationNotAsked}), and none agreed
    ///   ({ITonneVerification.RecomputationRepeated}).
    ///
    /// @param fileUrl Need not be trusted: any file but the one of the chain is an error and no verdict.
    function request(
        uint64 batchId,
        uint8 share,
        uint8 shares,
        string calldata fileUrl,
        string calldata source
    ) external returns (bytes32 requestId);

    /// @notice Which shares agreed so far, one bit each, and of how many; 0 of 0 when none was asked for.
    function progressOf(uint64 batchId) external view returns (uint32 agreed, uint8 shares);

    /// @notice Who may ask.
    function operator() external view returns (address);

    /// @notice The verification that is told.
    function verification() external view returns (address);

    /// @notice Who is asked, and what.
    function config() external view returns (RecomputationConfig memory);
}
