// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title ISales
/// @notice Why something can't be bought. Quotes and payments fail alike.
interface ISales {
    /// @notice No plan has this id, or it is not sold for this period.
    error PlanUnknown(uint16 planId, bool yearly);

    /// @notice The plan is not sold any more.
    error PlanNotForSale(uint16 planId);

    /// @notice The wallet has a subscription that runs or is in grace: renew it or change its plan.
    error AlreadySubscribed(address subscriber, uint256 until);

    /// @notice The wallet has no subscription that runs or is in grace.
    error NotSubscribed(address subscriber);

    /// @notice A trial runs, and there is nothing to carry over: subscribe instead.
    error TrialRunning(address subscriber);

    /// @notice The running term is paid in another token: wait until it ends, or cancel with a refund.
    error TokenDiffers(uint8 tokenId, uint8 runningTokenId);

    /// @notice The subscription was canceled before.
    error AlreadyCanceled(address subscriber, uint256 canceledAt);

    /// @notice The subscription is disputed: nothing changes until that is resolved.
    error SubscriptionDisputed(address subscriber);

    /// @notice The term can't be paid in so many parts.
    error InstalmentsInvalid(uint256 instalments, uint256 maximum);

    /// @notice A referrer is meant but none is given.
    error ReferrerZero();

    /// @notice A wallet can't refer itself.
    error ReferrerIsSubscriber(address subscriber);

    /// @notice The referrer has neither paid nor registered.
    error ReferrerUnknown(address referrer);

    /// @notice The wallet has paid or registered before; only a new one can be referred, so referrals
    /// never run in a circle.
    error ReferralNotNew(address subscriber, address referrer);

    /// @notice The promo code is for another wallet.
    error PromoForOtherWallet(bytes32 codeHash, address wallet, address subscriber);

    /// @notice The promo code is for another plan.
    error PromoForOtherPlan(bytes32 codeHash, uint16 promoPlanId, uint16 planId);

    /// @notice The promo code is void since `expiresAt`, Unix seconds.
    error PromoExpired(bytes32 codeHash, uint256 expiresAt);

    /// @notice The promo code was used as often as it can be.
    error PromoUsedUp(bytes32 codeHash, uint256 limit);

    /// @notice The wallet has used the promo code as often as one may.
    error PromoUsedByWallet(bytes32 codeHash, address subscriber, uint256 limit);

    /// @notice The promo code is not signed for this plan, contract and chain, or its numbers are changed.
    error PromoForeign(bytes32 codeHash);
}
