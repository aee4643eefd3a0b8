// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice What a token does wrong.
enum Manner {
    Honest,
    TakesFee,
    ReturnsFalse,
    Reverts,
    Reenters,
    Shrinks,
    Shouts
}

/// @title HostileToken
/// @notice A token that misbehaves on demand.
contract HostileToken is ERC20 {
    using Address for address;

    error Refused();

    Manner public manner;
    bytes private _call;

    /// @notice What its call into its victim was answered.
    bytes public answer;

    constructor() ERC20("Hostile", "HST") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function misbehave(Manner newManner) external {
        manner = newManner;
    }

    /// @notice What to call back during a transfer.
    function prepare(bytes calldata data) external {
        _call = data;
    }

    /// @notice Calls as the token.
    function forward(address target, bytes calldata data) external {
        target.functionCall(data);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return _act(msg.sender, to) && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return _act(from, to) && super.transferFrom(from, to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (manner == Manner.TakesFee && from != address(0) && to != address(0)) {
            super._update(to, address(0), amount / 100);
        }
        if (manner == Manner.Shrinks && to != address(0)) {
            super._update(to, address(0), balanceOf(to) / 2);
        }
    }

    function _act(address, address) private returns (bool) {
        if (manner == Manner.ReturnsFalse) return false;
        if (manner == Manner.Reverts) revert Refused();
        if (manner == Manner.Shouts) {
            // solhint-disable-next-line no-inline-assembly
            assembly ("memory-safe") {
                // A long answer, which nobody should copy.
                revert(0, 100000)
            }
        }
        if (manner == Manner.Reenters) {
            // solhint-disable-next-line avoid-low-level-calls
            (, answer) = msg.sender.call(_call);
        }
        return true;
    }
}
