// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BooksWorld} from "./BooksWorld.sol";
import {Order, Promo} from "../../subscriptions/types/Order.sol";
import {Rules} from "../../subscriptions/libraries/Rules.sol";
import {vm} from "../support/Vm.sol";

/// @notice Who pays years ahead and takes the money back has used the running term at its own price: no
/// discount that was not earned, and no loss of what has not begun.
contract AheadTest is BooksWorld {
    /// @dev May, June and July: no season, which anybody may have.
    uint256 private constant BEFORE_SEASON = 90 days;
    /// @dev The price of the terms ahead is known to the percent.
    uint256 private constant TOLERANCE_PERCENT = 2;

    uint256[] private _paid;

    function setUp() external {
        vm.warp(START);
    }

    /// @notice S list x (1 - loyalty of its rank) of what was used <= paid - refunded
    /// S paid for terms that have not begun                        <= refunded
    function testFuzz_WhatWasUsedIsPaidAtItsPrice(
        uint256 seed,
        uint8 firstSeed,
        uint8 laterSeed,
        uint32 laterAtSeed,
        uint32 usedSeed
    ) external {
        address wallet = walletAt(0);
        uint256 had = balanceOf(0, wallet);
        Order memory first = _monthly(seed);
        uint256 listed = plans.quote(wallet, first).amount;
        vm.prank(wallet);
        subscriptions.subscribe(first);
        _paid.push(listed);
        _renew(wallet, bound(firstSeed, 0, 14));
        uint256 laterAt = bound(laterAtSeed, 0, _least(_paid.length * 30 days, BEFORE_SEASON));
        vm.warp(START + laterAt);
        _renew(wallet, bound(laterSeed, 0, 14));

        uint256 used = bound(usedSeed, laterAt, _paid.length * Rules.MONTH - 1);
        vm.warp(START + used);
        vm.prank(wallet);
        uint256 refund = subscriptions.cancelAndRefund();

        uint256 slack = (listed * TOLERANCE_PERCENT) / 100 + _paid.length;
        assertTrue(had - balanceOf(0, wallet) + slack >= _worth(listed, used), "not earned");
        assertTrue(refund + slack >= _ahead(used), "not begun");
    }

    function _renew(address wallet, uint256 terms) private {
        for (uint256 i = 0; i < terms; ++i) {
            _paid.push(plans.quoteRenewal(wallet, renewalOf(0)).amount);
            vm.prank(wallet);
            subscriptions.renew(renewalOf(0));
        }
    }

    function _monthly(uint256 seed) private view returns (Order memory order) {
        order = orderOf(seed, 0);
        (order.instalments, order.referred, order.promos) = (0, false, new Promo[](0));
        order.yearly = false;
    }

    /// @dev What so many seconds in a row cost without any discount but loyalty.
    function _worth(uint256 listed, uint256 used) private pure returns (uint256 worth) {
        for (uint256 rank = 1; used != 0; ++rank) {
            uint256 time = _least(used, Rules.MONTH);
            worth += (listed * (100 - Rules.loyaltyPercent(rank)) * time) / (100 * Rules.MONTH);
            used -= time;
        }
    }

    /// @dev What was paid for the terms that begin after so many seconds.
    function _ahead(uint256 used) private view returns (uint256 ahead) {
        for (uint256 i = used / Rules.MONTH + 1; i < _paid.length; ++i) ahead += _paid[i];
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
