// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title SmartWallet
/// @notice A wallet that is a contract: it calls, signs for its owner (ERC-1271), and may refuse the
/// chain's coin or call back while it receives some.
contract SmartWallet is IERC1271 {
    using Address for address;

    error CoinRefused();

    address private immutable OWNER;

    bool private _refuses;
    address private _target;
    bytes private _call;

    /// @notice What its call while receiving was answered.
    bytes public answer;

    constructor(address owner) {
        OWNER = owner;
    }

    // solhint-disable-next-line no-complex-fallback
    receive() external payable {
        if (_refuses) revert CoinRefused();
        if (_call.length == 0) return;
        // solhint-disable-next-line avoid-low-level-calls
        (, answer) = _target.call(_call);
    }

    /// @notice Calls with the coin that is sent along.
    function forward(address target, bytes calldata data) external payable {
        target.functionCallWithValue(data, msg.value);
    }

    function refuseCoin(bool refuses) external {
        _refuses = refuses;
    }

    /// @notice What to call when the coin arrives.
    function prepare(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function isValidSignature(
        bytes32 hash,
        bytes calldata signature
    ) external view returns (bytes4) {
        (address signer, , ) = ECDSA.tryRecoverCalldata(hash, signature);
        return signer == OWNER ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
