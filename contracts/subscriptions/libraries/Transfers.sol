// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IMoney} from "../interfaces/IMoney.sol";
import {IRulings} from "../interfaces/IRulings.sol";
import {Permit} from "../types/Order.sol";

/// @title Transfers
/// @notice Moves tokens and the chain's own coin (the zero address) and trusts neither.
library Transfers {
    using SafeERC20 for IERC20;

    /// @dev Gas for a receiver that nobody waits for, so that it can't use up the payer's.
    uint256 private constant GAS_FOR_OTHERS = 50_000;

    /// @notice Uses a permit of the caller for this contract, if there is one. One that somebody else
    /// used before does no harm: the allowance counts.
    function usePermit(address token, Permit[] calldata permits) internal {
        if (permits.length == 0) return;
        Permit calldata p = permits[0];
        try
            IERC20Permit(token).permit(
                msg.sender,
                address(this),
                p.value,
                p.deadline,
                p.v,
                p.r,
                p.s
            )
        // solhint-disable-next-line no-empty-blocks
        {} catch {}
    }

    /// @notice Takes exactly `amount` of a token from `from`, or says what is missing.
    function pull(address token, address from, uint256 amount) internal {
        move(token, from, address(this), amount);
    }

    /// @notice Moves exactly `amount` of a token that `from` allowed this contract, or says what is
    /// missing.
    function move(address token, address from, address to, uint256 amount) internal {
        uint256 before = IERC20(token).balanceOf(to);
        if (!IERC20(token).trySafeTransferFrom(from, to, amount)) {
            _revertMove(token, from, to, amount);
        }
        uint256 arrived = Math.saturatingSub(IERC20(token).balanceOf(to), before);
        if (arrived != amount) revert IMoney.TransferNotExact(token, arrived, amount);
    }

    /// @notice Pays `to`, who called for it and can call again.
    function send(address token, address to, uint256 amount) internal {
        if (!_trySend(token, to, amount, gasleft())) {
            revert IRulings.TransferFailed(token, address(this), to, amount);
        }
    }

    /// @notice Tries to pay `to` in somebody else's transaction.
    function trySend(address token, address to, uint256 amount) internal returns (bool) {
        return _trySend(token, to, amount, GAS_FOR_OTHERS);
    }

    function _trySend(
        address token,
        address to,
        uint256 amount,
        uint256 gasLimit
    ) private returns (bool sent) {
        if (token != address(0)) return IERC20(token).trySafeTransfer(to, amount);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Nothing of the answer is copied, however long it is.
            sent := call(gasLimit, to, amount, 0, 0, 0, 0)
        }
    }

    function _revertMove(address token, address from, address to, uint256 amount) private view {
        uint256 allowed = IERC20(token).allowance(from, address(this));
        if (allowed < amount) {
            revert IMoney.AllowanceShort(from, token, allowed, amount);
        }
        uint256 balance = IERC20(token).balanceOf(from);
        if (balance < amount) revert IMoney.BalanceShort(from, token, balance, amount);
        revert IRulings.TransferFailed(token, from, to, amount);
    }
}
