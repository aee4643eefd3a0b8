// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Account, Accounting, Agreement} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {IBooks} from "../interfaces/IBooks.sol";
import {IERC5643} from "../interfaces/IERC5643.sol";
import {IPurchases} from "../interfaces/IPurchases.sol";
import {Money} from "./Money.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {Pricing} from "./Pricing.sol";
import {Standing} from "../libraries/Standing.sol";
import {State} from "../types/Subscription.sol";
import {TokenSlot} from "../types/TokenSlot.sol";

/// @title Accounts
/// @dev Where subscriptions are kept, and how their streams begin anew and end.
abstract contract Accounts is Money, Pricing {
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant NAME = keccak256("TrueTonne Subscriptions");
    bytes32 private constant VERSION = keccak256("1");

    mapping(address subscriber => uint256) private _accounts;
    mapping(address subscriber => Agreement) internal _agreements;
    mapping(uint256 planId => PlanSlot) private _planSlots;
    /// @dev When the arbiter's time for a dispute that is open ends, Unix seconds.
    mapping(address subscriber => uint256) internal _deadlines;
    mapping(bytes32 codeHash => uint32) private _uses;
    /// @dev By the lowest 29 bits of the code hash; of the code that a wallet used last its account knows.
    mapping(address wallet => mapping(uint256 tag => uint8)) private _usesBefore;

    /// @inheritdoc IBooks
    function setPlanSlot(uint16 planId, PlanSlot slot) external onlyPlans {
        _planSlots[planId] = slot;
    }

    /// @inheritdoc IBooks
    function accountOf(
        address wallet
    ) external view returns (uint256 slot, Agreement memory agreement) {
        return (_accounts[wallet], _agreements[wallet]);
    }

    /// @inheritdoc IBooks
    function standing(
        address wallet
    ) external view returns (State state, uint16 planId, uint40 until, uint40 endsAt) {
        Account memory a = _load(wallet);
        state = Standing.state(a, block.timestamp);
        if (a.until == 0) return (state, 0, 0, 0);
        until = uint40(a.until);
        endsAt = uint40(_upToDeadline(wallet, a, Standing.endsAt(a)));
        if (block.timestamp < endsAt) planId = uint16(a.planId);
    }

    /// @inheritdoc IBooks
    function promoDomain() external view returns (bytes32) {
        return _promoDomain();
    }

    /// @inheritdoc IPurchases
    function promoUses(
        bytes32 codeHash,
        address wallet
    ) external view returns (uint256 total, uint256 byWallet) {
        return _promoUses(codeHash, wallet, _load(wallet));
    }

    /// @inheritdoc IERC5643
    function expiresAt(uint256 tokenId) external view returns (uint64) {
        address subscriber = address(uint160(tokenId));
        Account memory a = _load(subscriber);
        return uint64(_upToDeadline(subscriber, a, Standing.expiresAt(a)));
    }

    function _store(address subscriber, Account memory a) internal {
        _accounts[subscriber] = a.pack();
    }

    /// @dev Begins the stream anew, now, with what is unused. What is earned is the operator's.
    /// @return accrued What was earned since the stream began.
    function _settle(address subscriber, Account memory a) internal returns (uint256 accrued) {
        uint256 unused = _unusedDown(subscriber, a);
        accrued = a.funded - unused;
        _earn(a.tokenId, accrued);
        if (
            a.aheadPercent != 0 && block.timestamp >= Standing.termEnd(a.until, a.since(), a.yearly)
        ) {
            a.aheadPercent = 0;
        }
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

    /// @dev Counts one use of a promo code. The caller stores the account.
    function _spendPromo(address subscriber, Account memory a, Charge memory c) internal {
        bytes32 codeHash = c.codeHash;
        (uint256 total, uint256 byWallet) = _promoUses(codeHash, subscriber, a);
        uint256 tag = _tagOf(codeHash);
        if (a.promoTag != tag) {
            // Safe unchecked cast: at most 15.
            if (a.promoUses != 0) _usesBefore[subscriber][a.promoTag] = uint8(a.promoUses);
            a.promoTag = tag;
        }
        a.promoUses = byWallet + 1;
        // Safe unchecked cast: counts one transaction each.
        _uses[codeHash] = uint32(total + 1);

        emit PromoUsed(subscriber, codeHash, total + 1, uint8(c.percent), c.listUsd);
    }

    function _emitUpdate(address subscriber, uint256 until) internal {
        emit SubscriptionUpdate(uint256(uint160(subscriber)), uint64(until));
    }

    function _load(address subscriber) internal view override returns (Account memory) {
        return Accounting.unpack(_accounts[subscriber]);
    }

    function _agreementOf(address subscriber) internal view override returns (Agreement memory) {
        return _agreements[subscriber];
    }

    function _planSlot(uint256 planId) internal view override returns (PlanSlot) {
        return _planSlots[planId];
    }

    function _tokenSlot(uint256 tokenId) internal view override returns (TokenSlot) {
        return _tokenSlots[tokenId];
    }

    function _maxInstalments(uint256 planId) internal view override returns (uint256 maximum) {
        (, maximum) = _limitsOf(planId);
    }

    function _fedUp(uint256 tokenId, uint256 usd) internal view override returns (uint256) {
        return PLANS.toTokenUp(uint8(tokenId), usd);
    }

    function _promoUses(
        bytes32 codeHash,
        address wallet,
        Account memory a
    ) internal view override returns (uint256 total, uint256 byWallet) {
        total = _uses[codeHash];
        if (a.promoUses == 0) return (total, 0);
        uint256 tag = _tagOf(codeHash);
        byWallet = a.promoTag == tag ? a.promoUses : _usesBefore[wallet][tag];
    }

    function _promoDomain() internal view override returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE, NAME, VERSION, block.chainid, address(this)));
    }

    function _limitsOf(uint256 planId) internal view returns (uint256 trialDays, uint256 parts) {
        return PLANS.limitsOf(uint16(planId));
    }

    /// @dev A dispute that nobody decided ends the rights at its deadline, whoever tells the contract of it
    /// and when: from then on the unused money is the subscriber's.
    function _upToDeadline(
        address subscriber,
        Account memory a,
        uint256 time
    ) private view returns (uint256) {
        return a.disputed ? Math.min(time, _deadlines[subscriber]) : time;
    }

    function _tagOf(bytes32 codeHash) private pure returns (uint256) {
        return uint256(codeHash) & Accounting.MAX_TAG;
    }
}
