// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFunctionsClient, IFunctionsRouter} from "../../interfaces/IFunctions.sol";

/// @title RouterDouble
/// @notice Tells what was requested, and hands over whatever answer a test gives. With the router itself
/// the consumer is tried in test/recomputation.test.ts.
contract RouterDouble is IFunctionsRouter {
    event RequestSent(bytes data);

    uint64 public subscriptionId;
    uint16 public dataVersion;
    uint32 public callbackGasLimit;
    bytes32 public donId;
    uint256 public count;

    function sendRequest(
        uint64 subscriptionId_,
        bytes calldata data_,
        uint16 dataVersion_,
        uint32 callbackGasLimit_,
        bytes32 donId_
    ) external returns (bytes32) {
        (subscriptionId, dataVersion) = (subscriptionId_, dataVersion_);
        (callbackGasLimit, donId) = (callbackGasLimit_, donId_);
        emit RequestSent(data_);
        return bytes32(++count);
    }

    function answer(
        IFunctionsClient client,
        bytes32 requestId,
        bytes calldata response,
        bytes calldata err
    ) external {
        client.handleOracleFulfillment(requestId, response, err);
    }
}
