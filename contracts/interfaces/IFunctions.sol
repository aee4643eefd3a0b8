// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IFunctionsRouter
/// @notice What is used of Chainlink's FunctionsRouter 1.0.0.
interface IFunctionsRouter {
    /// @param data See {FunctionsRequest}.
    /// @param callbackGasLimit At most 300,000 for a subscription without a tier of its own.
    function sendRequest(
        uint64 subscriptionId,
        bytes calldata data,
        uint16 dataVersion,
        uint32 callbackGasLimit,
        bytes32 donId
    ) external returns (bytes32 requestId);
}

/// @title IFunctionsClient
/// @notice What the router calls.
interface IFunctionsClient {
    /// @notice Hands over what the nodes answered, or the error that they agreed on.
    function handleOracleFulfillment(
        bytes32 requestId,
        bytes calldata response,
        bytes calldata err
    ) external;
}
