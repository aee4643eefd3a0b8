// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {Disputes} from "./Disputes.sol";
import {IHandOver} from "../interfaces/IHandOver.sol";
import {Standing} from "../libraries/Standing.sol";

/// @title HandOver
/// @dev A subscription moves to another wallet; what a wallet is known for stays with it.
abstract contract HandOver is Disputes {
    /// @inheritdoc IHandOver
    mapping(address from => address) public handOverOf;

    /// @inheritdoc IHandOver
    function offerHandOver(address to) external {
        handOverOf[msg.sender] = to;

        emit HandOverOffered(msg.sender, to);
    }

    /// @inheritdoc IHandOver
    function acceptHandOver(address from) external {
        if (handOverOf[from] != msg.sender || from == msg.sender) {
            revert HandOverNotOffered(from, msg.sender);
        }
        Account memory given = _load(from);
        _checkLive(from, given);
        Account memory a = _load(msg.sender);
        _checkFree(msg.sender, a, false);

        delete handOverOf[from];
        _close(msg.sender, a);
        _move(from, given, a);

        emit HandedOver(from, msg.sender);
        _emitUpdate(from, block.timestamp);
        _emitUpdate(msg.sender, Standing.expiresAt(a));
    }

    /// @dev The new wallet has not agreed to be charged, so keepers can't; and the referrer of a trial is
    /// dropped, because the new wallet may be known already.
    function _move(address from, Account memory given, Account memory a) private {
        (a.funded, a.until, a.total) = (given.funded, given.until, given.total);
        (a.planId, a.tokenId, a.paidTerms) = (given.planId, given.tokenId, given.paidTerms);
        a.aheadPercent = given.aheadPercent;
        (a.yearly, a.trial, a.canceled) = (given.yearly, given.trial, given.canceled);
        (a.settled, a.referred, a.agreed) = (given.settled, given.referred, given.agreed);
        a.known = a.known || given.known;
        a.trialUsed = true;
        if (given.agreed) {
            _agreements[msg.sender] = _agreements[from];
            delete _agreements[msg.sender].referrer;
        }
        _store(msg.sender, a);
        _clear(from, given);
        _store(from, given);
    }
}
