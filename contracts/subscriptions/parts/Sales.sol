// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account, Agreement} from "../types/Account.sol";
import {ISales} from "../interfaces/ISales.sol";
import {Order} from "../types/Order.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {Standing} from "../libraries/Standing.sol";
import {State} from "../types/Subscription.sol";
import {TokenSlot} from "../types/TokenSlot.sol";

/// @title Sales
/// @dev Who may buy what. Both contracts inherit this, so that a quote is refused as the payment would
/// be; where the numbers are stored differs.
abstract contract Sales is ISales {
    /// @dev Reverts unless rights hold and nothing is disputed.
    function _checkLive(address subscriber, Account memory a) internal view returns (State state) {
        state = Standing.state(a, block.timestamp);
        if (state == State.Disputed) revert SubscriptionDisputed(subscriber);
        if (state == State.Free || state == State.Ended) revert NotSubscribed(subscriber);
    }

    /// @dev Reverts where a subscription runs or is in grace.
    function _checkFree(address subscriber, Account memory a, bool orTrial) internal view {
        State state = Standing.state(a, block.timestamp);
        if (state == State.Disputed) revert SubscriptionDisputed(subscriber);
        if (state == State.Free || state == State.Ended || (orTrial && a.trial)) return;
        revert AlreadySubscribed(subscriber, a.until);
    }

    function _checkChange(address subscriber, Account memory a, uint256 tokenId) internal view {
        State state = _checkLive(subscriber, a);
        if (a.trial) revert TrialRunning(subscriber);
        if (state == State.Canceled) revert AlreadyCanceled(subscriber, a.since());
        _checkToken(a, tokenId);
    }

    /// @dev A stream has one token.
    function _checkToken(Account memory a, uint256 tokenId) internal view {
        if (tokenId != a.tokenId && block.timestamp < a.until && !a.trial) {
            revert TokenDiffers(uint8(tokenId), uint8(a.tokenId));
        }
    }

    /// @dev The wallet that gets a tenth of the first payment; zero for none. Only a wallet that was
    /// known before can refer, and only one that is not can be referred: referrals point back in time,
    /// so they never run in a circle.
    function _referrerOf(
        address subscriber,
        Account memory a,
        Order calldata order
    ) internal view returns (address referrer) {
        if (!order.referred) return _keptReferrer(subscriber, a);
        referrer = order.referrer;
        if (referrer == address(0)) revert ReferrerZero();
        if (referrer == subscriber) revert ReferrerIsSubscriber(subscriber);
        if (a.known) revert ReferralNotNew(subscriber, referrer);
        if (!_load(referrer).known) revert ReferrerUnknown(referrer);
    }

    /// @dev The referrer that was named when the trial began.
    function _keptReferrer(address subscriber, Account memory a) internal view returns (address) {
        return a.trial && a.agreed ? _agreementOf(subscriber).referrer : address(0);
    }

    /// @dev What is not earned now.
    function _unusedDown(address subscriber, Account memory a) internal view returns (uint256) {
        return _unusedDown(subscriber, a, block.timestamp);
    }

    /// @dev What is not earned at `time`, which is not before the stream began.
    function _unusedDown(
        address subscriber,
        Account memory a,
        uint256 time
    ) internal view returns (uint256) {
        uint256 parts = a.referred && a.agreed ? _agreementOf(subscriber).instalments : 0;
        return Standing.unusedDown(a, parts, time);
    }

    function _load(address wallet) internal view virtual returns (Account memory);

    function _agreementOf(address wallet) internal view virtual returns (Agreement memory);

    function _planSlot(uint256 planId) internal view virtual returns (PlanSlot);

    /// @dev Zero when there is no such token.
    function _tokenSlot(uint256 tokenId) internal view virtual returns (TokenSlot);

    function _maxInstalments(uint256 planId) internal view virtual returns (uint256);

    /// @dev Of a token that a feed prices.
    function _fedUp(uint256 tokenId, uint256 usd) internal view virtual returns (uint256);

    /// @dev How many times a code was used in all, and by a wallet.
    function _promoUses(
        bytes32 codeHash,
        address wallet,
        Account memory a
    ) internal view virtual returns (uint256 total, uint256 byWallet);

    function _promoDomain() internal view virtual returns (bytes32);
}
