// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account, Accounting, Agreement} from "../types/Account.sol";
import {Money} from "./Money.sol";
import {Rules} from "../libraries/Rules.sol";
import {State} from "../types/Subscription.sol";
import {Streams} from "../libraries/Streams.sol";

/// @title Accounts
/// @dev Where subscriptions are kept, how far they are, and how their streams end.
abstract contract Accounts is Money {
    mapping(address subscriber => uint256) private _accounts;
    mapping(address subscriber => Agreement) internal _agreements;

    function _load(address subscriber) internal view returns (Account memory) {
        return Accounting.unpack(_accounts[subscriber]);
    }

    function _store(address subscriber, Account memory a) internal {
        _accounts[subscriber] = a.pack();
    }

    function _stateOf(Account memory a) internal view returns (State) {
        if (a.until == 0) return State.Free;
        if (a.disputed) return State.Disputed;
        if (block.timestamp >= a.endsAt(Rules.GRACE)) return State.Ended;
        if (a.canceled) return State.Canceled;
        if (block.timestamp >= a.until) return State.Grace;
        return a.trial ? State.Trial : State.Active;
    }

    /// @dev Reverts unless rights hold and nothing is disputed.
    function _checkLive(address subscriber, Account memory a) internal view returns (State state) {
        state = _stateOf(a);
        if (state == State.Disputed) revert SubscriptionDisputed(subscriber);
        if (state == State.Free || state == State.Ended) revert NotSubscribed(subscriber);
    }

    /// @dev What is not earned now.
    function _unusedDown(address subscriber, Account memory a) internal view returns (uint256) {
        uint256 tail = 0;
        if (a.referred) {
            uint256 parts = a.agreed ? _agreements[subscriber].instalments : 0;
            tail = Rules.period(a.yearly) / (Rules.REFERRAL_DIVISOR * (parts == 0 ? 1 : parts));
        }
        return Streams.unusedDown(a, tail, block.timestamp);
    }

    /// @dev Begins the stream anew, now, with what is unused. What is earned is the operator's.
    /// @return accrued What was earned since the stream began.
    function _settle(address subscriber, Account memory a) internal returns (uint256 accrued) {
        uint256 unused = _unusedDown(subscriber, a);
        accrued = a.funded - unused;
        _earn(a.tokenId, accrued);
        a.funded = unused;
        a.total = block.timestamp < a.until ? a.until - block.timestamp : 0;
    }

    /// @dev Ends a subscription; the caller pays or keeps what is returned, and stores the account.
    function _end(address subscriber, Account memory a) internal returns (uint256 unused) {
        unused = _unusedDown(subscriber, a);
        _earn(a.tokenId, a.funded - unused);
        _clear(subscriber, a);
    }

    /// @dev Forgets a subscription whose money is settled.
    function _clear(address subscriber, Account memory a) internal {
        if (a.agreed) delete _agreements[subscriber];
        a.clear();
    }

    /// @dev Keeps what is left of a subscription that ended, before another one takes its place.
    function _close(address subscriber, Account memory a) internal {
        uint256 tokenId = a.tokenId;
        uint256 unused = _end(subscriber, a);
        if (unused == 0) return;
        _owe(subscriber, tokenId, unused);

        emit Refunded(subscriber, uint8(tokenId), unused);
    }

    function _emitUpdate(address subscriber, uint256 until) internal {
        emit SubscriptionUpdate(uint256(uint160(subscriber)), uint64(until));
    }
}
