// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Discount, Order, Renewal} from "../types/Order.sol";

/// @title IPurchases
/// @notice Subscribing, renewing and changing plans.
///
/// The money of a subscription is one stream: `funded` is earned evenly over [since, until), or where terms
/// are paid ahead at another price, the running one at its own and the others evenly. Whatever
/// changes a subscription first settles that stream at the current second, and begins a new one with
/// what is unused and what is paid. Rounding is always to the operator's earned side, so the unused part
/// is there.
interface IPurchases {
    /// @notice A wallet has a new subscription. `funded` is the new stream from this block on.
    event Subscribed(
        address indexed subscriber,
        uint16 planId,
        bool yearly,
        uint8 tokenId,
        uint8 instalments,
        uint32 capCents,
        uint40 until,
        uint256 funded
    );

    /// @notice A wallet tries a plan for free. `referrer` is remembered for the first payment.
    event TrialStarted(
        address indexed subscriber,
        uint16 planId,
        bool yearly,
        uint8 tokenId,
        uint8 instalments,
        uint32 capCents,
        uint40 until,
        address referrer
    );

    /// @notice The term was prolonged to `until`. `funded` is the new stream, in the token of the
    /// {PaymentReceived} beside it, from this block on or, when the old term had run out, from its end
    /// on. `paidTerms` are the whole terms paid in a row, up to 15.
    event Renewed(address indexed subscriber, uint8 paidTerms, uint40 until, uint256 funded);

    /// @notice The subscription is for another plan or period. `funded` is the new stream from this block
    /// on, unused value of the old one included. `paidTerms` are without the terms that had not begun.
    event PlanChanged(
        address indexed subscriber,
        uint16 planId,
        bool yearly,
        uint8 tokenId,
        uint32 capCents,
        uint8 paidTerms,
        uint40 until,
        uint256 funded,
        uint256 carried
    );

    /// @notice A receipt. `receipt` counts the payments of a wallet from 1; with the wallet it is the
    /// number of the invoice. `amount` in smallest units, `usd` x 10^6 is what it was worth.
    event PaymentReceived(
        address indexed subscriber,
        uint16 receipt,
        uint8 tokenId,
        uint256 amount,
        uint256 usd
    );

    /// @notice The one discount of a term was the season's or the welcome. Of a discount there is one
    /// event: this one, {LoyaltyApplied} or {PromoUsed}. `listUsd` is the price of the whole term
    /// without it, USD x 10^6.
    event DiscountApplied(
        address indexed subscriber,
        Discount discount,
        uint8 percent,
        uint256 listUsd
    );

    /// @notice The one discount of a term was for loyalty: it is the `paidTerm`th in a row, up to 15.
    event LoyaltyApplied(
        address indexed subscriber,
        uint8 paidTerm,
        uint8 percent,
        uint256 listUsd
    );

    /// @notice The one discount of a term was a promo code, which was used `used` times in all.
    event PromoUsed(
        address indexed subscriber,
        bytes32 indexed codeHash,
        uint256 used,
        uint8 percent,
        uint256 listUsd
    );

    /// @notice The referrer got 10 % of a first payment, at once. It is never taken back.
    event ReferralPaid(
        address indexed referrer,
        address indexed subscriber,
        uint8 tokenId,
        uint256 amount
    );

    /// @notice The wallet may refer others, and can't be referred any more itself.
    event ReferrerRegistered(address indexed referrer);

    /// @notice Instalment `number` of `instalments` was paid.
    event InstalmentPaid(address indexed subscriber, uint8 number, uint8 instalments);

    /// @notice The plan has no trial.
    error TrialNotOffered(uint16 planId);

    /// @notice The wallet had a trial or paid before.
    error TrialUsed(address subscriber);

    /// @notice The subscription would be paid further ahead than ten years, Unix seconds.
    error PaidTooFarAhead(uint256 until, uint256 maximum);

    /// @notice The price is above what the caller would pay, smallest units.
    error PriceAboveMaximum(uint256 amount, uint256 maximum);

    /// @notice The price does not fit: one payment is below 2^88 smallest units.
    error AmountTooLarge(uint256 amount);

    /// @notice The wallet has had as many receipts as can be counted; hand the subscription over.
    error ReceiptLimitReached(address subscriber);

    /// @notice A payment takes one promo code and one permit at most.
    error TooManyExtras(uint256 promos, uint256 permits);

    /// @notice Buys a first term, or another one after an earlier subscription ended.
    ///
    /// Notes:
    /// - a trial that runs ends at once; {renew} keeps its rest;
    /// - leftovers of an ended subscription are kept for {claim};
    /// - a promo code is spent only where it is the highest discount.
    ///
    /// Requirements:
    /// - nothing runs or is in grace, but for a trial;
    /// - plan, token, promo code and referrer are valid and the price is not above `order.maxAmount`;
    /// - the allowance (or permit) and balance are there, or at least the price is sent along: what is
    ///   more comes back.
    /// @return receipt Number of the receipt.
    function subscribe(Order calldata order) external payable returns (uint16 receipt);

    /// @notice Tries a plan once, without paying. The order says what keepers may renew it to.
    ///
    /// Requirements:
    /// - the wallet had no trial and never paid, nothing runs, the plan has a trial;
    /// - plan, token, instalments and referrer are valid. Promo codes and permits are not used.
    function startTrial(Order calldata order) external;

    /// @notice Pays the next term, or the next instalment, of the caller's subscription. No day is lost:
    /// the term begins where the last one ends, also in grace.
    ///
    /// Notes:
    /// - loyalty is that of the term which comes next by the clock: terms that were paid ahead and have not
    ///   begun give none;
    /// - a canceled subscription runs on as if it had not been;
    /// - the first payment after a trial is its first term and may be referred.
    ///
    /// Requirements:
    /// - it runs or is in grace, and is not disputed;
    /// - the plan is sold, unless an agreed instalment is paid;
    /// - the token is the running one, unless the term has run out.
    /// @return receipt Number of the receipt.
    function renew(Renewal calldata renewal) external payable returns (uint16 receipt);

    /// @notice Moves to another plan or period at once. Unused value pays for the new term first; where
    /// there is more of it than the term costs, the term is longer in proportion.
    ///
    /// Notes:
    /// - it counts as the same paid term for loyalty; the welcome discount and referrals do not apply;
    /// - terms that were paid ahead and have not begun count no more, neither for its price nor later.
    ///
    /// Requirements:
    /// - it runs or is in grace, is no trial and not disputed or canceled; no instalments;
    /// - the token is the running one, unless the term has run out.
    /// @return receipt Number of the receipt; of the last one when unused value paid for all.
    function changePlan(Order calldata order) external payable returns (uint16 receipt);

    /// @notice Registers the caller as a referrer, without paying.
    function registerReferrer() external;

    /// @notice How many times a code was used in all, and by a wallet.
    function promoUses(
        bytes32 codeHash,
        address wallet
    ) external view returns (uint256 total, uint256 byWallet);
}
