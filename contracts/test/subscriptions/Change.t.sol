// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BooksWorld} from "./BooksWorld.sol";
import {Order, Promo, Quote} from "../../subscriptions/types/Order.sol";
import {Rules} from "../../subscriptions/libraries/Rules.sol";
import {vm} from "../support/Vm.sol";

/// @notice What a change of plan may cost: terms that are paid ahead are no loyalty.
contract ChangeTest is BooksWorld {
    function setUp() external {
        vm.warp(START);
    }

    /// @notice paid in all x period >= price of a newcomer x time bought, where nothing was used yet.
    function testFuzz_AnImmediateChangeCostsNoLess(uint256 seed, uint8 termsSeed) external {
        (address wallet, uint256 had) = (walletAt(0), balanceOf(0, walletAt(0)));
        _payAhead(wallet, _plain(seed), termsSeed);

        Order memory next = _plain(seed >> 128);
        Quote memory fresh = plans.quote(walletAt(1), next);
        vm.prank(wallet);
        subscriptions.changePlan(next);

        uint256 paid = had - balanceOf(0, wallet);
        uint256 bought = plans.subscription(wallet).until - vm.getBlockTimestamp();
        uint256 period = Rules.period(next.yearly);
        assertTrue(bought >= period, "a whole term");
        assertTrue(paid * period >= fresh.amount * bought, "cheaper than a fresh purchase");
    }

    /// @notice Loyalty of a change is at most that of the term that runs by the clock.
    function testFuzz_OnlyTermsThatBeganCount(
        uint256 seed,
        uint8 termsSeed,
        uint32 elapsedSeed
    ) external {
        Order memory first = _plain(seed);
        _payAhead(walletAt(0), first, termsSeed);
        uint256 paidFor = plans.subscription(walletAt(0)).until - vm.getBlockTimestamp();
        uint256 elapsed = bound(elapsedSeed, 0, paidFor - 1);
        vm.warp(vm.getBlockTimestamp() + elapsed);

        Order memory next = _plain(seed >> 128);
        Quote memory fresh = plans.quote(walletAt(1), next);
        Quote memory found = plans.quote(walletAt(0), next);
        uint256 running = 1 + elapsed / Rules.period(first.yearly);
        uint256 loyalty = Rules.loyaltyPercent(running);
        uint256 season = fresh.percent;
        assertEq(found.percent, loyalty > season ? loyalty : season, "percent");
    }

    /// @dev Terms one after the other in one second: at most fifteen, as many as are counted, or two years.
    function _payAhead(address wallet, Order memory first, uint8 termsSeed) private {
        vm.prank(wallet);
        subscriptions.subscribe(first);
        uint256 more = bound(termsSeed, 0, first.yearly ? 1 : 14);
        for (uint256 i = 0; i < more; ++i) {
            vm.prank(wallet);
            subscriptions.renew(renewalOf(0));
        }
    }

    function _plain(uint256 seed) private view returns (Order memory order) {
        order = orderOf(seed, 0);
        (order.instalments, order.referred, order.promos) = (0, false, new Promo[](0));
    }
}
