// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Account} from "../types/Account.sol";
import {Charge} from "../types/Charge.sol";
import {IERC5643} from "../interfaces/IERC5643.sol";
import {IKeepers} from "../interfaces/IKeepers.sol";
import {Promo} from "../types/Order.sol";
import {Purchases} from "./Purchases.sol";
import {Rules} from "../libraries/Rules.sol";
import {Standing} from "../libraries/Standing.sol";
import {State} from "../types/Subscription.sol";
import {ValueOutOfRange} from "../../types/Errors.sol";

/// @title Keepers
/// @dev Renewals by allowance, and earned money set free. Both for anyone to call.
abstract contract Keepers is Purchases {
    uint256 private constant BOUNTY_UNIT = 10_000;

    /// @inheritdoc IKeepers
    function setRenewalCap(uint32 capCents) external {
        Account memory a = _load(msg.sender);
        if (a.until == 0) revert NotSubscribed(msg.sender);
        a.capCents = _checkCap(capCents);
        _store(msg.sender, a);

        emit RenewalCapSet(msg.sender, capCents);
    }

    /// @inheritdoc IKeepers
    function renewFor(address subscriber) external nonReentrant {
        _renewAndPay(subscriber);
    }

    /// @inheritdoc IKeepers
    function renewMany(
        address[] calldata subscribers
    ) external nonReentrant returns (uint256 renewed) {
        uint256 tokenId = 0;
        uint256 pending = 0;
        for (uint256 i = 0; i < subscribers.length; ++i) {
            try this.renewIsolated(subscribers[i]) returns (uint8 paidIn, uint256 bounty) {
                ++renewed;
                if (paidIn != tokenId) {
                    _payBounty(tokenId, pending);
                    (tokenId, pending) = (paidIn, 0);
                }
                pending += bounty;
            } catch (bytes memory reason) {
                _tellFailure(subscribers[i], bytes4(reason));
            }
        }
        _payBounty(tokenId, pending);
    }

    /// @inheritdoc IKeepers
    function renewIsolated(address subscriber) external returns (uint8, uint256) {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        return _renewFor(subscriber);
    }

    /// @inheritdoc IKeepers
    function collect(address[] calldata subscribers) external nonReentrant {
        for (uint256 i = 0; i < subscribers.length; ++i) _collect(subscribers[i]);
    }

    /// @inheritdoc IERC5643
    function renewSubscription(uint256 tokenId, uint64 duration) external payable nonReentrant {
        address subscriber = address(uint160(tokenId));
        if (duration != Rules.period(_load(subscriber).yearly)) {
            revert ValueOutOfRange("duration", int256(uint256(duration)));
        }
        _renewAndPay(subscriber);
    }

    /// @inheritdoc IERC5643
    function isRenewable(uint256 tokenId) external view returns (bool) {
        Account memory a = _load(address(uint160(tokenId)));
        return _isRunning(a) && a.capCents != 0 && _tokenSlots[a.tokenId].token() != address(0);
    }

    function _renewAndPay(address subscriber) internal {
        (uint8 tokenId, uint256 bounty) = _renewFor(subscriber);
        _payBounty(tokenId, bounty);
    }

    function _renewFor(address subscriber) private returns (uint8 tokenId, uint256 bounty) {
        Account memory a = _load(subscriber);
        _checkDue(subscriber, a);
        address referrer = _keptReferrer(subscriber, a);
        Charge memory c = _chargeNext(
            subscriber,
            a,
            a.tokenId,
            referrer != address(0),
            _noPromos()
        );
        if (c.token.token() == address(0)) revert RenewalNeedsWallet(subscriber);
        uint256 capUsd = a.capCents * Rules.CENT;
        // An instalment that was agreed costs what was agreed.
        if (c.number == 1 && c.priceUsd > capUsd) {
            revert PriceAboveCap(subscriber, c.priceUsd, capUsd);
        }

        _settle(subscriber, a);
        bounty = (c.amount * c.token.bountyPercentE2()) / BOUNTY_UNIT;
        _prolong(subscriber, a, c, referrer, bounty);

        _pull(c.token, subscriber, c.amount);
        _payReferral(subscriber, a, c, referrer);
        return (uint8(a.tokenId), bounty);
    }

    function _payBounty(uint256 tokenId, uint256 amount) private {
        if (amount == 0) return;

        emit BountyPaid(msg.sender, uint8(tokenId), amount);

        _deliver(tokenId, _tokenSlots[tokenId], msg.sender, amount);
    }

    function _tellFailure(address subscriber, bytes4 reason) private {
        Account memory a = _load(subscriber);
        // Nothing is due of it: anyone could write into anybody's history.
        if (!_isRunning(a) || block.timestamp < a.until - Rules.RENEW_AHEAD) return;

        emit PaymentFailed(subscriber, reason);

        if (block.timestamp < a.until) return;

        emit GraceStarted(subscriber, uint40(Standing.endsAt(a)));
        if (!a.agreed) return;
        uint256 left = _agreements[subscriber].left;
        if (left == 0) return;

        uint256 number = _agreements[subscriber].instalments - left + 1;
        emit InstalmentMissed(subscriber, uint8(number), uint40(a.until));
    }

    function _collect(address subscriber) private {
        Account memory a = _load(subscriber);
        uint256 tokenId = a.tokenId;
        if (a.canceled && Standing.state(a, block.timestamp) == State.Ended) {
            uint256 funded = a.funded;
            uint256 unused = _unusedDown(subscriber, a);
            _close(subscriber, a);
            _store(subscriber, a);

            emit Collected(subscriber, uint8(tokenId), funded - unused, 0);
        } else if (!a.canceled && !a.disputed && Standing.isSettled(a, block.timestamp)) {
            uint256 accrued = _settle(subscriber, a);
            if (accrued == 0) return;
            a.settled = true;
            _store(subscriber, a);

            emit Collected(subscriber, uint8(tokenId), accrued, a.funded);
        }
    }

    function _checkDue(address subscriber, Account memory a) private view {
        if (_checkLive(subscriber, a) == State.Canceled) {
            revert AlreadyCanceled(subscriber, a.since());
        }
        if (a.capCents == 0) revert RenewalNotAgreed(subscriber);
        uint256 dueAt = a.until - Rules.RENEW_AHEAD;
        if (block.timestamp < dueAt) revert RenewalNotDue(subscriber, dueAt);
    }

    function _isRunning(Account memory a) private view returns (bool) {
        State state = Standing.state(a, block.timestamp);
        return state == State.Active || state == State.Grace || state == State.Trial;
    }

    function _noPromos() private pure returns (Promo[] calldata promos) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            promos.offset := 0
            promos.length := 0
        }
    }
}
