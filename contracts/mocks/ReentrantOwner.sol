// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title ReentrantOwner
/// @notice A project owner that repeats its last call while it receives credits.
contract ReentrantOwner is ERC1155Holder {
    using Address for address;

    address private immutable REGISTRY;

    bytes private _lastCall;

    /// @notice What the repetition was answered.
    bytes public answer;

    constructor(address registry) {
        REGISTRY = registry;
    }

    /// @notice Calls the registry as this contract.
    function forward(bytes calldata data) external {
        _lastCall = data;
        REGISTRY.functionCall(data);
    }

    function onERC1155Received(
        address,
        address,
        uint256,
        uint256,
        bytes memory
    ) public override returns (bytes4) {
        // solhint-disable-next-line avoid-low-level-calls
        (, answer) = REGISTRY.call(_lastCall);
        return this.onERC1155Received.selector;
    }
}
