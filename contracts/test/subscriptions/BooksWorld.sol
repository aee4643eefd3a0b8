// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Deployer} from "../support/Deployer.sol";
import {ISubscriptionPlans} from "../../interfaces/ISubscriptionPlans.sol";
import {ISubscriptions} from "../../interfaces/ISubscriptions.sol";
import {Offers, PlanTerms, Tier} from "../../subscriptions/types/Plan.sol";
import {Order, Promo, Renewal} from "../../subscriptions/types/Order.sol";
import {PaymentToken} from "../../mocks/subscriptions/PaymentToken.sol";
import {PriceFeed} from "../../mocks/subscriptions/PriceFeed.sol";
import {TokenDraft} from "../../subscriptions/types/Token.sol";
import {vm} from "../support/Vm.sol";

/// @title BooksWorld
/// @notice Wallets, plans, promo codes and four tokens, the last one the chain's own coin.
abstract contract BooksWorld is Deployer {
    uint40 internal constant START = 1_840_000_000;
    uint256 internal constant WALLETS = 5;
    uint256 internal constant TOKENS = 4;
    uint8 internal constant COIN = 3;
    /// @dev Sold from the start; some day its sale ends.
    uint16 internal constant OLD_PLAN = 4;
    address internal constant OPERATOR = address(0xAD);
    address internal constant TREASURY = address(0x77);
    address internal constant ARBITER = address(0xA5);
    uint256 private constant PROMO_KEY = 0x5160;
    bytes32 private constant PROMO_TYPE = keccak256(
        "Promo(bytes32 codeHash,address wallet,uint16 planId,uint8 percent,uint40 expiresAt,uint32 totalLimit,uint8 walletLimit)"
    );

    ISubscriptions internal subscriptions;
    ISubscriptionPlans internal plans;
    PriceFeed internal feed;
    address[TOKENS] private _tokens;

    /// @notice A call was refused with an error that is none of those that may refuse it.
    error Unexpected(string what, bytes reason);

    constructor() {
        vm.warp(START);
        subscriptions = ISubscriptions(
            _deploy("TonneSubscriptions", abi.encode(OPERATOR, TREASURY, ARBITER))
        );
        plans = ISubscriptionPlans(subscriptions.plans());
        feed = new PriceFeed(8, 1.1e8);
        uint8[3] memory decimals = [6, 18, 8];
        for (uint8 i = 0; i < TOKENS; ++i) {
            if (i != COIN) _tokens[i] = address(new PaymentToken("Token", "TKN", decimals[i]));
            address source = i < 2 ? address(0) : address(feed);
            vm.prank(OPERATOR);
            plans.acceptToken(TokenDraft(_tokens[i], 100, source, 1 days, 1, 1e9));
            for (uint256 w = 0; w < WALLETS; ++w) _fund(i, walletAt(w));
        }
        for (uint40 i = 1; i <= OLD_PLAN; ++i) {
            vm.prank(OPERATOR);
            plans.createPlan(
                "Plan",
                PlanTerms(Tier.Starter, 5, 5, 5, 1, 14, 12, i * 97_123_457, i * 901_234_567),
                Offers(vm.addr(PROMO_KEY), 0x284, 30, 10)
            );
        }
    }

    function balanceOf(uint256 tokenId, address account) internal view returns (uint256) {
        if (tokenId == COIN) return account.balance;
        return PaymentToken(_tokens[tokenId]).balanceOf(account);
    }

    /// @dev Any order: at times with a referrer, in instalments, with a promo code, of the old plan.
    function orderOf(uint256 seed, uint8 tokenId) internal view returns (Order memory order) {
        order.planId = (seed >> 40) % 8 == 0 ? OLD_PLAN : uint16(1 + (seed % 3));
        order.yearly = (seed >> 8) % 3 == 0;
        order.tokenId = tokenId;
        order.instalments = uint8((seed >> 16) % 26 < 13 ? (seed >> 16) % 13 : 0);
        order.capCents = 2 ** 25 - 1;
        order.referred = (seed >> 24) % 2 == 0;
        order.referrer = walletAt(seed >> 32);
        order.maxAmount = type(uint256).max;
        order.promos = promosOf(seed >> 48);
    }

    function renewalOf(uint8 tokenId) internal pure returns (Renewal memory renewal) {
        (renewal.tokenId, renewal.maxAmount) = (tokenId, type(uint256).max);
    }

    /// @dev Mostly none; else one of four codes, signed, perhaps used up, for others or expired.
    function promosOf(uint256 seed) internal view returns (Promo[] memory promos) {
        if (seed % 4 != 0) return promos;
        promos = new Promo[](1);
        Promo memory p = promos[0];
        p.code = bytes32((seed >> 2) % 4);
        p.wallet = (seed >> 4) % 8 == 0 ? walletAt(seed >> 7) : address(0);
        p.planId = (seed >> 10) % 8 == 0 ? 1 : 0;
        p.percent = uint8(1 + ((seed >> 13) % 90));
        p.expiresAt = (seed >> 20) % 8 == 0 ? START : START * 2;
        p.totalLimit = (seed >> 23) % 2 == 0 ? 0 : 4;
        p.walletLimit = uint8(1 + ((seed >> 24) % 2));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PROMO_KEY, _digestOf(p));
        p.signature = abi.encodePacked(r, s, v);
    }

    function walletAt(uint256 seed) internal pure returns (address) {
        return address(uint160(0xB100 + (seed % WALLETS)));
    }

    function allWallets() internal pure returns (address[] memory wallets) {
        wallets = new address[](WALLETS);
        for (uint256 w = 0; w < WALLETS; ++w) wallets[w] = walletAt(w);
    }

    /// @dev Fails unless the error that was caught is one of `refusals`, which are selectors in a row. A
    /// panic is never one of them.
    function assertRefused(
        bytes memory reason,
        bytes memory refusals,
        string memory what
    ) internal pure {
        for (uint256 i = 0; i < refusals.length; i += 4) {
            if (reason.length < 4) break;
            bool same = true;
            for (uint256 k = 0; k < 4; ++k) same = same && reason[k] == refusals[i + k];
            if (same) return;
        }
        revert Unexpected(what, reason);
    }

    function _fund(uint8 tokenId, address wallet) private {
        if (tokenId == COIN) {
            vm.deal(wallet, 1e32);
            return;
        }
        PaymentToken token = PaymentToken(_tokens[tokenId]);
        token.mint(wallet, 1e32);
        vm.prank(wallet);
        token.approve(address(subscriptions), type(uint256).max);
    }

    function _digestOf(Promo memory p) private view returns (bytes32) {
        bytes32 promoHash = keccak256(
            abi.encode(
                PROMO_TYPE,
                keccak256(abi.encode(p.code)),
                p.wallet,
                p.planId,
                p.percent,
                p.expiresAt,
                p.totalLimit,
                p.walletLimit
            )
        );
        return keccak256(abi.encodePacked(hex"1901", subscriptions.promoDomain(), promoHash));
    }
}
