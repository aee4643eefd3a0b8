// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Deployer} from "../support/Deployer.sol";
import {ISubscriptionPlans} from "../../interfaces/ISubscriptionPlans.sol";
import {ISubscriptions} from "../../interfaces/ISubscriptions.sol";
import {Offers, PlanTerms, Tier} from "../../subscriptions/types/Plan.sol";
import {Order, Quote, Renewal} from "../../subscriptions/types/Order.sol";
import {PaymentToken} from "../../mocks/subscriptions/PaymentToken.sol";
import {PriceFeed} from "../../mocks/subscriptions/PriceFeed.sol";
import {State, Subscription} from "../../subscriptions/types/Subscription.sol";
import {TokenDraft} from "../../subscriptions/types/Token.sol";
import {vm} from "../support/Vm.sol";

/// @title BooksLife
/// @notice Whatever may happen to subscriptions over time, in any order: the fuzzer calls the functions,
/// the books count the money. Refusals are part of it.
abstract contract BooksLife is Deployer {
    uint40 internal constant START = 1_840_000_000;
    uint256 internal constant WALLETS = 5;
    uint256 internal constant TOKENS = 3;
    address internal constant OPERATOR = address(0xAD);
    address internal constant TREASURY = address(0x77);
    address internal constant ARBITER = address(0xA5);

    /// @dev What went in and out of the contract, per token. See {Books}.
    struct Ledger {
        uint256 paid;
        uint256 refunded;
        uint256 referral;
        uint256 bounty;
        uint256 withdrawn;
        uint256 claimed;
    }

    ISubscriptions internal subscriptions;
    ISubscriptionPlans internal plans;
    PaymentToken[TOKENS] internal tokens;
    PriceFeed internal feed;
    mapping(uint256 tokenId => Ledger) internal ledgers;
    /// @notice How often each thing went through: an invariant over nothing proves nothing.
    mapping(string what => uint256) public times;

    constructor() {
        vm.warp(START);
        subscriptions = ISubscriptions(
            _deploy("TonneSubscriptions", abi.encode(OPERATOR, TREASURY, ARBITER))
        );
        plans = ISubscriptionPlans(subscriptions.plans());
        uint8[TOKENS] memory decimals = [6, 18, 8];
        feed = new PriceFeed(8, 1.1e8);
        for (uint256 i = 0; i < TOKENS; ++i) {
            tokens[i] = new PaymentToken("Token", "TKN", decimals[i]);
            address source = i == 2 ? address(feed) : address(0);
            vm.prank(OPERATOR);
            plans.acceptToken(TokenDraft(address(tokens[i]), 100, source, 1 days, 1, 1e9));
            for (uint256 w = 0; w < WALLETS; ++w) {
                tokens[i].mint(walletAt(w), 1e32);
                vm.prank(walletAt(w));
                tokens[i].approve(address(subscriptions), type(uint256).max);
            }
        }
        for (uint40 i = 1; i <= 3; ++i) {
            vm.prank(OPERATOR);
            plans.createPlan(
                "Plan",
                PlanTerms(Tier.Starter, 5, 5, 5, 1, 14, 12, i * 97_123_457, i * 901_234_567),
                Offers(address(0), 0x284, 30, 10)
            );
        }
    }

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
        try subscriptions.subscribe(order) {
            _book(tokenId, wallet, held, before, quoted);
            ++times["subscribe"];
        } catch {}
    }

    function startTrial(uint256 seed, uint8 walletSeed, uint8 tokenSeed) external {
        pass(uint32(seed >> 64));
        vm.prank(walletAt(walletSeed));
        try subscriptions.startTrial(orderOf(seed, uint8(tokenSeed % TOKENS))) {
            ++times["startTrial"];
        } catch {}
    }

    /// @notice By the wallet itself, in the token of the subscription or, if allowed, in another one.
    function renew(uint256 seed, uint8 walletSeed) external {
        pass(uint32(seed >> 64));
        address wallet = walletAt(walletSeed);
        uint8 tokenId = plans.subscription(wallet).tokenId;
        if (seed % 4 == 0) tokenId = uint8((seed >> 8) % TOKENS);
        Renewal memory renewal = renewalOf(tokenId);
        uint256 quoted = _quoteOf(wallet, renewal);
        (uint256 held, uint256 before) = _heldOf(tokenId, wallet);
        vm.prank(wallet);
        try subscriptions.renew(renewal) {
            _book(tokenId, wallet, held, before, quoted);
            ++times["renew"];
        } catch {}
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
        if (subscriptions.renewMany(wallets) == 0) return;

        uint256[TOKENS] memory paid;
        for (uint256 w = 0; w < WALLETS; ++w) {
            if (plans.subscription(wallets[w]).receipts == found[w].receipts) continue;
            paid[found[w].tokenId] += quoted[w];
        }
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
        try subscriptions.changePlan(order) {
            _book(tokenId, wallet, held, before, quoted);
            ++times["changePlan"];
        } catch {}
    }

    function cancel(uint32 seed, uint8 walletSeed) external {
        pass(seed);
        vm.prank(walletAt(walletSeed));
        try subscriptions.cancel() {
            ++times["cancel"];
        } catch {}
    }

    function resume(uint8 walletSeed) external {
        vm.prank(walletAt(walletSeed));
        try subscriptions.resume() {
            ++times["resume"];
        } catch {}
    }

    /// @notice The refund is what was quoted as unused in that very second, to the unit.
    function cancelAndRefund(uint32 seed, uint8 walletSeed) external {
        pass(seed);
        address wallet = walletAt(walletSeed);
        Subscription memory found = plans.subscription(wallet);
        uint256 before = tokens[found.tokenId].balanceOf(wallet);
        vm.prank(wallet);
        try subscriptions.cancelAndRefund() returns (uint256 amount) {
            assertEq(amount, found.unused, "unused is refunded");
            assertEq(tokens[found.tokenId].balanceOf(wallet), before + amount, "arrived");
            ledgers[found.tokenId].refunded += amount;
            ++times["cancelAndRefund"];
        } catch {
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
        } catch {}
        if (amount != 0) ++times["withdraw"];
    }

    function dispute(uint32 seed, uint8 walletSeed) external {
        if (seed % 4 == 0) pass(seed);
        vm.prank(walletAt(walletSeed));
        try subscriptions.dispute(bytes32(uint256(seed))) {
            ++times["dispute"];
        } catch {}
    }

    function resolve(uint32 seed, uint8 walletSeed, uint256 splitSeed) external {
        if (seed % 2 == 0) pass(seed);
        address wallet = walletAt(walletSeed);
        uint256 stake = subscriptions.disputeOf(wallet).stake;
        if (stake == 0) return;
        vm.prank(ARBITER);
        try plans.resolve(wallet, bound(splitSeed, 0, stake)) {
            ++times["resolve"];
        } catch {
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
        } catch {}
    }

    function claim(uint8 walletSeed, uint8 tokenSeed) external {
        (address wallet, uint8 tokenId) = (walletAt(walletSeed), uint8(tokenSeed % TOKENS));
        uint256 owed = subscriptions.owed(wallet, tokenId);
        if (owed == 0) return;
        vm.prank(wallet);
        ledgers[tokenId].claimed += subscriptions.claim(tokenId, wallet);
        ++times["claim"];
    }

    function walletAt(uint256 seed) internal pure returns (address) {
        return address(uint160(0xB100 + (seed % WALLETS)));
    }

    function orderOf(uint256 seed, uint8 tokenId) internal pure returns (Order memory order) {
        order.planId = uint16(1 + (seed % 3));
        order.yearly = (seed >> 8) % 3 == 0;
        order.tokenId = tokenId;
        order.instalments = uint8((seed >> 16) % 26 < 13 ? (seed >> 16) % 13 : 0);
        order.capCents = 2 ** 27 - 1;
        order.referred = (seed >> 24) % 2 == 0;
        order.referrer = walletAt(seed >> 32);
        order.maxAmount = type(uint256).max;
    }

    function renewalOf(uint8 tokenId) internal pure returns (Renewal memory renewal) {
        (renewal.tokenId, renewal.maxAmount) = (tokenId, type(uint256).max);
    }

    function allWallets() internal pure returns (address[] memory wallets) {
        wallets = new address[](WALLETS);
        for (uint256 w = 0; w < WALLETS; ++w) wallets[w] = walletAt(w);
    }

    /// @dev What all wallets hold together, and one account alone.
    function _heldOf(
        uint8 tokenId,
        address account
    ) private view returns (uint256 held, uint256 own) {
        for (uint256 w = 0; w < WALLETS; ++w) held += tokens[tokenId].balanceOf(walletAt(w));
        own = tokens[tokenId].balanceOf(account);
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
        } catch {
            return 0;
        }
    }

    function _quoteOf(address wallet, Renewal memory renewal) private view returns (uint256) {
        try plans.quoteRenewal(wallet, renewal) returns (Quote memory found) {
            return found.amount;
        } catch {
            return 0;
        }
    }
}
