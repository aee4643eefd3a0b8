// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title HostileBuyer
/// @notice A contract that calls back while it receives credits, or the chain's coin.
contract HostileBuyer is ERC1155Holder {
    using Address for address;

    error CoinRefused();

    bool private _refuses;
    address private _target;
    bytes private _call;

    /// @notice What its call while receiving was answered.
    bytes public answer;

    // solhint-disable-next-line no-complex-fallback
    receive() external payable {
        if (_refuses) revert CoinRefused();
        _callBack();
    }

    function forward(address target, bytes calldata data) external payable {
        target.functionCallWithValue(data, msg.value);
    }

    function refuseCoin(bool refuses) external {
        _refuses = refuses;
    }

    /// @notice What to call when credits or coin arrive.
    function prepare(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function onERC1155Received(
        address,
        address,
        uint256,
        uint256,
        bytes memory
    ) public override returns (bytes4) {
        _callBack();
        return this.onERC1155Received.selector;
    }

    function _callBack() private {
        if (_call.length == 0) return;
        // solhint-disable-next-line avoid-low-level-calls
        (, answer) = _target.call(_call);
    }
}
