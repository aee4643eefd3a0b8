// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {Dispute, State} from "../types/Subscription.sol";
import {Exits} from "./Exits.sol";
import {IBooks} from "../interfaces/IBooks.sol";
import {IDisputes} from "../interfaces/IDisputes.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";

/// @title Disputes
/// @dev The money of a disputed term stands still until the arbiter or the deadline splits it.
abstract contract Disputes is Exits {
    /// @inheritdoc IDisputes
    function dispute(bytes32 reasonHash) external {
        Account memory a = _load(msg.sender);
        if (_checkLive(msg.sender, a) == State.Canceled) {
            revert AlreadyCanceled(msg.sender, a.since());
        }
        if (a.funded == 0) revert NothingToDispute(msg.sender);
        if (Standing.isSettled(a, block.timestamp)) {
            revert DisputeTooLate(msg.sender, a.since() + Rules.DISPUTE_WINDOW);
        }

        uint256 deadline = block.timestamp + Rules.DISPUTE_TIME;
        _deadlines[msg.sender] = deadline;
        a.disputed = true;
        _store(msg.sender, a);

        emit Disputed(msg.sender, uint8(a.tokenId), a.funded, uint40(deadline), reasonHash);
    }

    /// @inheritdoc IBooks
    function decide(address subscriber, uint256 toSubscriber) external onlyPlans {
        (Account memory a, uint256 deadline) = _getDisputed(subscriber);
        if (block.timestamp >= deadline) revert DisputeDeadlinePassed(subscriber, deadline);
        if (toSubscriber > a.funded) revert SplitAboveStake(toSubscriber, a.funded);

        if (toSubscriber != 0) {
            _splitStake(subscriber, a, toSubscriber, false);
            return;
        }
        delete _deadlines[subscriber];
        (a.disputed, a.settled) = (false, true);
        _store(subscriber, a);

        emit Resolved(subscriber, 0, 0, false);
    }

    /// @inheritdoc IDisputes
    function resolveByDeadline(address subscriber) external {
        (Account memory a, uint256 deadline) = _getDisputed(subscriber);
        if (block.timestamp < deadline) revert DisputeDeadlineAhead(subscriber, deadline);

        _splitStake(subscriber, a, _unusedDown(subscriber, a, deadline), true);
    }

    /// @inheritdoc IDisputes
    function disputeOf(address subscriber) external view returns (Dispute memory found) {
        Account memory a = _load(subscriber);
        if (!a.disputed) return found;
        uint256 deadline = _deadlines[subscriber];
        found = Dispute({
            openedAt: uint40(deadline - Rules.DISPUTE_TIME),
            deadline: uint40(deadline),
            stake: a.funded,
            unused: _unusedDown(subscriber, a, deadline)
        });
    }

    function _splitStake(
        address subscriber,
        Account memory a,
        uint256 toSubscriber,
        bool byDeadline
    ) private {
        (uint256 tokenId, uint256 toOperator) = (a.tokenId, a.funded - toSubscriber);
        delete _deadlines[subscriber];
        _clear(subscriber, a);
        _store(subscriber, a);
        _earn(tokenId, toOperator);
        _owe(subscriber, tokenId, toSubscriber);

        emit Resolved(subscriber, toSubscriber, toOperator, byDeadline);
        _emitUpdate(subscriber, block.timestamp);
    }

    function _getDisputed(
        address subscriber
    ) private view returns (Account memory a, uint256 deadline) {
        a = _load(subscriber);
        if (!a.disputed) revert NotDisputed(subscriber);
        deadline = _deadlines[subscriber];
    }
}
