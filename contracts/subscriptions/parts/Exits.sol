// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {ICancellation} from "../interfaces/ICancellation.sol";
import {IERC5643} from "../interfaces/IERC5643.sol";
import {Keepers} from "./Keepers.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";
import {State} from "../types/Subscription.sol";
import {Transfers} from "../libraries/Transfers.sol";

/// @title Exits
/// @dev Canceling, coming back, and taking unused money back.
abstract contract Exits is Keepers {
    /// @inheritdoc ICancellation
    function cancel() external {
        _cancel();
    }

    /// @inheritdoc ICancellation
    function resume() external {
        Account memory a = _load(msg.sender);
        if (_checkLive(msg.sender, a) != State.Canceled) revert NotCanceled(msg.sender);
        a.canceled = false;
        _store(msg.sender, a);

        emit Resumed(msg.sender, uint40(a.until));
        _emitUpdate(msg.sender, a.until);
    }

    /// @inheritdoc ICancellation
    function cancelAndRefund() external nonReentrant returns (uint256 amount) {
        Account memory a = _load(msg.sender);
        State state = Standing.state(a, block.timestamp);
        if (state == State.Disputed) revert SubscriptionDisputed(msg.sender);
        if (state == State.Free) revert NotSubscribed(msg.sender);
        if (state == State.Grace || (state == State.Ended && !a.canceled)) {
            revert NothingUnused(msg.sender, a.until);
        }

        uint256 tokenId = a.tokenId;
        amount = _end(msg.sender, a);
        _store(msg.sender, a);

        emit Canceled(msg.sender, true, 0);
        emit Refunded(msg.sender, uint8(tokenId), amount);
        _emitUpdate(msg.sender, block.timestamp);

        if (amount != 0) Transfers.send(_tokenSlots[tokenId].token(), msg.sender, amount);
    }

    /// @inheritdoc IERC5643
    function cancelSubscription(uint256 tokenId) external payable {
        if (msg.value != 0) revert ValueUnexpected(msg.value);
        if (tokenId != uint160(msg.sender)) revert NotSubscribed(msg.sender);
        _cancel();
    }

    function _cancel() private {
        Account memory a = _load(msg.sender);
        State state = _checkLive(msg.sender, a);
        if (state == State.Canceled) revert AlreadyCanceled(msg.sender, a.since());
        if (state == State.Grace) revert NothingUnused(msg.sender, a.until);

        a.settled = Standing.isSettled(a, block.timestamp);
        _settle(msg.sender, a);
        a.canceled = true;
        _store(msg.sender, a);

        uint256 endsAt = block.timestamp + Rules.GRACE;
        emit Canceled(msg.sender, false, a.funded);
        emit GraceStarted(msg.sender, uint40(endsAt));
        _emitUpdate(msg.sender, Standing.expiresAt(a));
    }
}
