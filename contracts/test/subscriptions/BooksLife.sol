// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BooksWorld} from "./BooksWorld.sol";
import {IRulings} from "../../subscriptions/interfaces/IRulings.sol";
import {Order, Quote, Renewal} from "../../subscriptions/types/Order.sol";
import {Refusals} from "./Refusals.sol";
import {State, Subscription} from "../../subscriptions/types/Subscription.sol";
import {vm} from "../support/Vm.sol";

/// @title BooksLife
/// @notice Whatever may happen to subscriptions over time, in any order: the fuzzer calls the functions,
/// the books count the money. Refusals are part of it, each move by its own errors alone ({Refusals}).
abstract contract BooksLife is BooksWorld {
    /// @dev What went in and out of the contract, per token. See {Books}.
    struct Ledger {
        uint256 paid;
        uint256 refunded;
        uint256 referral;
        uint256 bounty;
        uint256 withdrawn;
        uint256 claimed;
    }

    mapping(uint256 tokenId => Ledger) internal ledgers;
    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    /// @notice Time goes by: mostly days, at times a second or none, at times a year.
    function pass(uint32 seed) public {
        uint256 step =
            seed % 5 == 0
                ? seed % 400 days
                : seed % 7 == 0
                    ? 1
                    : seed % 6 days;
        vm.warp(vm.getBlockTimestamp() + step);
        feed.say(int256(bound(seed, 0.5e8, 2e8)), vm.getBlockTimestamp());
    }

    function subscribe(uint256 seed, uint8 walletSeed, uint8 tokenSeed) external {
        pass(uint32(seed >> 64));
        (address wallet, uint8 tokenId) = (walletAt(walletSeed), uint8(tokenSeed % TOKENS));
        Order memory order = orderOf(seed, tokenId);
        uint256 quoted = _quoteOf(wallet, order);
        (uint256 held, uint256 before) = _heldOf(tokenId, wallet);
        vm.prank(wallet);
        try subscriptions.subscribe{value: _valueOf(tokenId, quoted, seed)}(order) {
            _book(tokenId, wallet, held, before, quoted);
            _count("subscribe", tokenId);
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.subscribe(), "subscribe");
        }
    }

    function startTrial(uint256 seed, uint8 walletSeed, uint8 tokenSeed) external {
        pass(uint32(seed >> 64));
        Order memory order = orderOf(seed, uint8(tokenSeed % TOKENS));
        vm.prank(walletAt(walletSeed));
        try subscriptions.startTrial(order) {
            ++times["startTrial"];
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.startTrial(), "startTrial");
        }
    }

    /// @notice By the wallet itself, in the token of the subscription or, if allowed, in another one.
    function renew(uint256 seed, uint8 walletSeed) external {
        pass(uint32(seed >> 64));
        address wallet = walletAt(walletSeed);
        uint8 tokenId = plans.subscription(wallet).tokenId;
        if (seed % 4 == 0) tokenId = uint8((seed >> 8) % TOKENS);
        Renewal memory renewal = renewalOf(tokenId);
        renewal.promos = promosOf(seed >> 48);
        uint256 quoted = _quoteOf(wallet, renewal);
        (uint256 held, uint256 before) = _heldOf(tokenId, wallet);
        vm.prank(wallet);
        try subscriptions.renew{value: _valueOf(tokenId, quoted, seed)}(renewal) {
            _book(tokenId, wallet, held, before, quoted);
            _count("renew", tokenId);
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.renew(), "renew");
        }
    }

    /// @notice By a keeper, with all wallets at once, due or not. Who has a new receipt paid the quote.
    function renewMany(uint256 seed) external {
        pass(uint32(seed >> 64));
        address[] memory wallets = allWallets();
        uint256[] memory quoted = new uint256[](WALLETS);
        Subscription[] memory found = new Subscription[](WALLETS);
        uint256[TOKENS] memory held;
        uint256[TOKENS] memory bounty;
        for (uint256 w = 0; w < WALLETS; ++w) {
            found[w] = plans.subscription(wallets[w]);
            quoted[w] = _quoteOf(wallets[w], renewalOf(found[w].tokenId));
        }
        for (uint256 i = 0; i < TOKENS; ++i) {
            (held[i], bounty[i]) = _heldOf(uint8(i), address(this));
        }
        bool renewed = subscriptions.renewMany(wallets) != 0;

        uint256[TOKENS] memory paid;
        for (uint256 w = 0; w < WALLETS; ++w) {
            if (plans.subscription(wallets[w]).receipts == found[w].receipts) {
                _refuseRenewal(wallets[w]);
            } else {
                paid[found[w].tokenId] += quoted[w];
            }
        }
        if (!renewed) return;
        for (uint256 i = 0; i < TOKENS; ++i) {
            (uint256 holding, uint256 got) = _heldOf(uint8(i), address(this));
            ledgers[i].bounty += got - bounty[i];
            ledgers[i].paid += paid[i];
            ledgers[i].referral += paid[i] - (held[i] - holding);
        }
        ++times["renewMany"];
    }

    function changePlan(uint256 seed, uint8 walletSeed) external {
        pass(uint32(seed >> 64));
        address wallet = walletAt(walletSeed);
        uint8 tokenId = plans.subscription(wallet).tokenId;
        Order memory order = orderOf(seed, tokenId);
        (order.instalments, order.referred) = (0, false);
        uint256 quoted = _quoteOf(wallet, order);
        (uint256 held, uint256 before) = _heldOf(tokenId, wallet);
        vm.prank(wallet);
        try subscriptions.changePlan{value: _valueOf(tokenId, quoted, seed)}(order) {
            _book(tokenId, wallet, held, before, quoted);
            _count("changePlan", tokenId);
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.changePlan(), "changePlan");
        }
    }

    function cancel(uint32 seed, uint8 walletSeed) external {
        pass(seed);
        vm.prank(walletAt(walletSeed));
        try subscriptions.cancel() {
            ++times["cancel"];
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.cancel(), "cancel");
        }
    }

    function resume(uint8 walletSeed) external {
        vm.prank(walletAt(walletSeed));
        try subscriptions.resume() {
            ++times["resume"];
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.resume(), "resume");
        }
    }

    /// @notice The refund is what was quoted as unused in that very second, to the unit.
    function cancelAndRefund(uint32 seed, uint8 walletSeed) external {
        pass(seed);
        address wallet = walletAt(walletSeed);
        Subscription memory found = plans.subscription(wallet);
        uint256 before = balanceOf(found.tokenId, wallet);
        vm.prank(wallet);
        try subscriptions.cancelAndRefund() returns (uint256 amount) {
            assertEq(amount, found.unused, "unused is refunded");
            assertEq(balanceOf(found.tokenId, wallet), before + amount, "arrived");
            ledgers[found.tokenId].refunded += amount;
            _count("cancelAndRefund", found.tokenId);
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.cancelAndRefund(), "cancelAndRefund");
            assertTrue(found.unused == 0 || found.state == State.Disputed, "refund refused");
        }
    }

    function collect(uint32 seed) external {
        pass(seed);
        subscriptions.collect(allWallets());
        ++times["collect"];
    }

    /// @notice All that is earned, and never a unit more.
    function withdraw(uint8 tokenSeed, uint256 amountSeed) external {
        uint8 tokenId = uint8(tokenSeed % TOKENS);
        uint256 earned = subscriptions.earnedOf(tokenId);
        uint256 amount = amountSeed % 2 == 0 ? earned : bound(amountSeed, 0, earned);
        vm.prank(OPERATOR);
        plans.withdraw(tokenId, amount);
        ledgers[tokenId].withdrawn += amount;
        vm.prank(OPERATOR);
        try plans.withdraw(tokenId, earned - amount + 1) {
            assertTrue(false, "more than earned");
        } catch (bytes memory reason) {
            assertRefused(reason, abi.encodePacked(IRulings.EarnedShort.selector), "withdraw");
        }
        if (amount != 0) _count("withdraw", tokenId);
    }

    function dispute(uint32 seed, uint8 walletSeed) external {
        if (seed % 4 == 0) pass(seed);
        vm.prank(walletAt(walletSeed));
        try subscriptions.dispute(bytes32(uint256(seed))) {
            ++times["dispute"];
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.dispute(), "dispute");
        }
    }

    function resolve(uint32 seed, uint8 walletSeed, uint256 splitSeed) external {
        if (seed % 2 == 0) pass(seed);
        address wallet = walletAt(walletSeed);
        uint256 stake = subscriptions.disputeOf(wallet).stake;
        if (stake == 0) return;
        vm.prank(ARBITER);
        try plans.resolve(wallet, bound(splitSeed, 0, stake)) {
            ++times["resolve"];
        } catch (bytes memory reason) {
            bytes4 late = IRulings.DisputeDeadlinePassed.selector;
            assertRefused(reason, abi.encodePacked(late), "resolve");
            subscriptions.resolveByDeadline(wallet);
            ++times["resolveByDeadline"];
        }
    }

    function handOver(uint8 fromSeed, uint8 toSeed) external {
        vm.prank(walletAt(fromSeed));
        subscriptions.offerHandOver(walletAt(toSeed));
        vm.prank(walletAt(toSeed));
        try subscriptions.acceptHandOver(walletAt(fromSeed)) {
            ++times["handOver"];
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.handOver(), "handOver");
        }
    }

    /// @notice One of the plans is not sold any more, from a late time on.
    function retire(uint256 seed) external {
        if (seed % 16 != 0 || plans.plan(OLD_PLAN).retired) return;
        vm.prank(OPERATOR);
        plans.retirePlan(OLD_PLAN);
        ++times["retire"];
    }

    function claim(uint8 walletSeed, uint8 tokenSeed) external {
        (address wallet, uint8 tokenId) = (walletAt(walletSeed), uint8(tokenSeed % TOKENS));
        uint256 owed = subscriptions.owed(wallet, tokenId);
        if (owed == 0) return;
        vm.prank(wallet);
        ledgers[tokenId].claimed += subscriptions.claim(tokenId, wallet);
        ++times["claim"];
    }

    /// @dev What was not renewed among others is refused alone too, with a reason that may be.
    function _refuseRenewal(address wallet) private {
        try subscriptions.renewFor(wallet) {
            assertTrue(false, "not renewed");
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.renewFor(), "renewFor");
        }
    }

    function _count(string memory what, uint256 tokenId) private {
        ++times[what];
        if (tokenId == COIN) ++times[string.concat(what, " coin")];
    }

    /// @dev What all wallets hold together, and one account alone.
    function _heldOf(
        uint8 tokenId,
        address account
    ) private view returns (uint256 held, uint256 own) {
        for (uint256 w = 0; w < WALLETS; ++w) held += balanceOf(tokenId, walletAt(w));
        own = balanceOf(tokenId, account);
    }

    /// @dev What the payer lost was quoted; what the wallets lost less together went to a referrer.
    function _book(
        uint8 tokenId,
        address wallet,
        uint256 held,
        uint256 before,
        uint256 quoted
    ) private {
        (uint256 holding, uint256 own) = _heldOf(tokenId, wallet);
        assertEq(before - own, quoted, "the quote is what is paid");
        uint256 referral = quoted - (held - holding);
        ledgers[tokenId].paid += quoted;
        ledgers[tokenId].referral += referral;
        if (referral != 0) ++times["refer"];
    }

    function _quoteOf(address wallet, Order memory order) private view returns (uint256) {
        try plans.quote(wallet, order) returns (Quote memory found) {
            return found.amount;
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.quote(), "quote");
            return 0;
        }
    }

    function _quoteOf(address wallet, Renewal memory renewal) private view returns (uint256) {
        try plans.quoteRenewal(wallet, renewal) returns (Quote memory found) {
            return found.amount;
        } catch (bytes memory reason) {
            assertRefused(reason, Refusals.renew(), "quoteRenewal");
            return 0;
        }
    }

    /// @dev What is sent along: of the coin the price, and at times more, which comes back.
    function _valueOf(uint8 tokenId, uint256 quoted, uint256 seed) private pure returns (uint256) {
        if (tokenId != COIN) return 0;
        return seed % 2 == 0 ? quoted : quoted + (seed % 1e18);
    }
}
