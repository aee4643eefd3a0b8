// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Batch, BatchStatus} from "./types/Batch.sol";
import {FunctionsRequest} from "./libraries/FunctionsRequest.sol";
import {IBatches} from "./interfaces/IBatches.sol";
import {IBatchRecomputation, RecomputationConfig} from "./interfaces/IBatchRecomputation.sol";
import {IFunctionsClient, IFunctionsRouter} from "./interfaces/IFunctions.sol";
import {ITonneVerification} from "./interfaces/ITonneVerification.sol";

/// @dev How far a recomputation came.
struct Job {
    bytes32 root;
    uint32 agreed;
    uint8 shares;
}

/// @dev What a request asked about.
struct Ask {
    bytes32 root;
    uint64 batchId;
    uint8 share;
    uint8 shares;
}

/// @dev What the source answers (functions/source/answer.ts). `place` is shares 8 | share 8.
struct Answer {
    uint256 batchId;
    bytes32 askedRoot;
    bytes32 root;
    uint256 creditableWh;
    uint256 grams;
    uint256 place;
    bytes32 code;
}

/// @title BatchRecomputation
/// @notice Immutable. It can have a batch rejected or confirm it, as any accredited recomputer, and
/// nothing else; it holds no money.
contract BatchRecomputation is IBatchRecomputation {
    using Strings for uint256;
    using Strings for address;

    uint8 private constant MOST_SHARES = 32;
    uint256 private constant ANSWER_BYTES = 224;

    /// @inheritdoc IBatchRecomputation
    address public immutable operator; // solhint-disable-line immutable-vars-naming

    ITonneVerification private immutable VERIFICATION;
    IBatches private immutable REGISTRY;
    address private immutable ROUTER;

    RecomputationConfig private _config;
    mapping(uint64 batchId => Job) private _jobs;
    mapping(bytes32 requestId => Ask) private _asks;

    constructor(
        ITonneVerification verification_,
        address operator_,
        RecomputationConfig memory config_
    ) {
        VERIFICATION = verification_;
        REGISTRY = IBatches(verification_.registry());
        ROUTER = config_.router;
        operator = operator_;
        _config = config_;
    }

    /// @inheritdoc IBatchRecomputation
    function request(
        uint64 batchId,
        uint8 share,
        uint8 shares,
        string calldata fileUrl,
        string calldata source
    ) external returns (bytes32 requestId) {
        if (msg.sender != operator) revert NotOperator(msg.sender, operator);
        bytes32 found = sha256(bytes(source));
        if (found != _config.sourceHash) revert SourceMismatch(found, _config.sourceHash);
        if (share >= shares || shares > MOST_SHARES) revert ShareInvalid(share, shares);
        Batch memory batch = _getOpen(batchId);

        Ask memory ask = Ask(batch.root, batchId, share, shares);
        if (!_isOf(ask)) _jobs[batchId] = Job({root: batch.root, agreed: 0, shares: shares});
        requestId = _send(source, _argsOf(ask, batch.blockNumber, fileUrl));
        _asks[requestId] = ask;

        emit RecomputationRequested(batchId, requestId, batch.root, share, shares);
    }

    /// @inheritdoc IFunctionsClient
    function handleOracleFulfillment(
        bytes32 requestId,
        bytes calldata response,
        bytes calldata err
    ) external {
        if (msg.sender != ROUTER) revert NotRouter(msg.sender, ROUTER);
        Ask memory ask = _asks[requestId];
        if (ask.shares == 0) revert RequestUnknown(requestId);

        delete _asks[requestId];

        bytes memory problem = _problemOf(ask, response, err);
        if (problem.length != 0) {
            emit ShareInconclusive(ask.batchId, requestId, problem);
        } else {
            _take(requestId, ask, abi.decode(response, (Answer)));
        }
    }

    /// @inheritdoc IBatchRecomputation
    function progressOf(uint64 batchId) external view returns (uint32 agreed, uint8 shares) {
        Job storage job = _jobs[batchId];
        return (job.agreed, job.shares);
    }

    /// @inheritdoc IBatchRecomputation
    function verification() external view returns (address) {
        return address(VERIFICATION);
    }

    /// @inheritdoc IBatchRecomputation
    function config() external view returns (RecomputationConfig memory) {
        return _config;
    }

    /// @dev Counts an answer, and tells the verification when it decides.
    function _take(bytes32 requestId, Ask memory ask, Answer memory answer) private {
        if (answer.code != 0) {
            emit ShareContradicted(ask.batchId, requestId, answer.code);
            _report(requestId, ask, 0, 0);
            return;
        }
        // No overflow: a share is below 32.
        uint32 agreed = _jobs[ask.batchId].agreed | (uint32(1) << ask.share);
        _jobs[ask.batchId].agreed = agreed;

        emit ShareAgreed(ask.batchId, requestId, ask.share, ask.shares);
        if (agreed == type(uint32).max >> (MOST_SHARES - ask.shares)) {
            // Safe unchecked cast: `_isAbout` has looked at it.
            _report(requestId, ask, answer.root, uint64(answer.creditableWh));
        }
    }

    /// @dev A refusal must not undo what was found: the router hands an answer over once.
    function _report(bytes32 requestId, Ask memory ask, bytes32 root, uint64 creditableWh) private {
        // solhint-disable-next-line no-empty-blocks
        try VERIFICATION.reportRecomputation(ask.batchId, ask.root, root, creditableWh) {} catch (
            bytes memory reason
        ) {
            emit ShareInconclusive(ask.batchId, requestId, reason);
        }
    }

    function _send(string calldata source, string[] memory args) private returns (bytes32) {
        return
            IFunctionsRouter(ROUTER).sendRequest(
                _config.subscriptionId,
                FunctionsRequest.encode(source, args),
                FunctionsRequest.VERSION,
                _config.callbackGasLimit,
                _config.donId
            );
    }

    /// @dev Reverts as the verification would, before the subscription pays for an answer.
    function _getOpen(uint64 batchId) private view returns (Batch memory batch) {
        batch = REGISTRY.batch(batchId);
        if (batch.status != BatchStatus.Submitted) revert ITonneVerification.BatchNotOpen(batchId);
        if (!batch.recomputation) revert ITonneVerification.RecomputationNotAsked(batchId);
        (, , bool recomputed) = VERIFICATION.tallyOf(batchId);
        if (recomputed) revert ITonneVerification.RecomputationRepeated(batchId);
    }

    /// @dev In the order that functions/source/recompute.ts reads them.
    function _argsOf(
        Ask memory ask,
        uint256 blockNumber,
        string calldata fileUrl
    ) private view returns (string[] memory args) {
        args = new string[](9);
        args[0] = uint256(ask.batchId).toString();
        args[1] = uint256(ask.root).toHexString(32);
        args[2] = block.chainid.toString();
        args[3] = address(REGISTRY).toHexString();
        args[4] = blockNumber.toString();
        args[5] = uint256(ask.share).toString();
        args[6] = uint256(ask.shares).toString();
        args[7] = _config.rpcUrl;
        args[8] = fileUrl;
    }

    /// @dev Why an answer is no verdict, as an error; empty when it is one.
    function _problemOf(
        Ask memory ask,
        bytes calldata response,
        bytes calldata err
    ) private view returns (bytes memory) {
        if (err.length != 0) return abi.encodeWithSelector(SourceFailed.selector, err);
        if (!_isAbout(ask, response)) {
            return abi.encodeWithSelector(AnswerForeign.selector, response);
        }
        if (!_isOf(ask)) return abi.encodeWithSelector(AnswerLate.selector, ask.root, ask.shares);
        return "";
    }

    /// @dev Whether the request is part of the recomputation that goes on.
    function _isOf(Ask memory ask) private view returns (bool) {
        Job storage job = _jobs[ask.batchId];
        return job.root == ask.root && job.shares == ask.shares;
    }

    function _isAbout(Ask memory ask, bytes calldata response) private pure returns (bool) {
        if (response.length != ANSWER_BYTES) return false;
        Answer memory answer = abi.decode(response, (Answer));
        return
            answer.batchId == ask.batchId &&
            answer.askedRoot == ask.root &&
            answer.place == ((uint256(ask.shares) << 8) | ask.share) &&
            answer.creditableWh <= type(uint64).max;
    }
}
