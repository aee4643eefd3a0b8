// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ICancellation} from "../../subscriptions/interfaces/ICancellation.sol";
import {IDisputes} from "../../subscriptions/interfaces/IDisputes.sol";
import {IHandOver} from "../../subscriptions/interfaces/IHandOver.sol";
import {IKeepers} from "../../subscriptions/interfaces/IKeepers.sol";
import {IPurchases} from "../../subscriptions/interfaces/IPurchases.sol";
import {ISales} from "../../subscriptions/interfaces/ISales.sol";

/// @title Refusals
/// @notice What may refuse each move of {BooksLife}: selectors in a row.
library Refusals {
    function subscribe() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.AlreadySubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.PlanNotForSale.selector,
                referrer(),
                promo()
            );
    }

    function startTrial() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.AlreadySubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                IPurchases.TrialUsed.selector,
                ISales.PlanNotForSale.selector,
                referrer()
            );
    }

    function renew() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.TokenDiffers.selector,
                ISales.PlanNotForSale.selector,
                IPurchases.PaidTooFarAhead.selector,
                promo()
            );
    }

    function renewFor() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.AlreadyCanceled.selector,
                ISales.PlanNotForSale.selector,
                IKeepers.RenewalNotAgreed.selector,
                IKeepers.RenewalNotDue.selector,
                IKeepers.RenewalNeedsWallet.selector
            );
    }

    function changePlan() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.TrialRunning.selector,
                ISales.AlreadyCanceled.selector,
                ISales.PlanNotForSale.selector,
                IPurchases.PaidTooFarAhead.selector,
                promo()
            );
    }

    /// @dev A quote is refused as the purchase would be that is quoted: a first one or a change.
    function quote() internal pure returns (bytes memory) {
        return
            bytes.concat(
                subscribe(),
                changePlan(),
                ISales.TokenDiffers.selector,
                ISales.InstalmentsInvalid.selector
            );
    }

    function cancel() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.AlreadyCanceled.selector,
                ICancellation.NothingUnused.selector
            );
    }

    function resume() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ICancellation.NotCanceled.selector
            );
    }

    function cancelAndRefund() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ICancellation.NothingUnused.selector
            );
    }

    function dispute() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.AlreadyCanceled.selector,
                IDisputes.NothingToDispute.selector,
                IDisputes.DisputeTooLate.selector
            );
    }

    function handOver() internal pure returns (bytes memory) {
        return
            bytes.concat(
                IHandOver.HandOverNotOffered.selector,
                ISales.NotSubscribed.selector,
                ISales.SubscriptionDisputed.selector,
                ISales.AlreadySubscribed.selector
            );
    }

    function referrer() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.ReferrerIsSubscriber.selector,
                ISales.ReferralNotNew.selector,
                ISales.ReferrerUnknown.selector
            );
    }

    function promo() internal pure returns (bytes memory) {
        return
            bytes.concat(
                ISales.PromoForOtherWallet.selector,
                ISales.PromoForOtherPlan.selector,
                ISales.PromoExpired.selector,
                ISales.PromoUsedUp.selector,
                ISales.PromoUsedByWallet.selector
            );
    }
}
