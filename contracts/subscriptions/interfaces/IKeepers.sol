// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IKeepers
/// @notice Anyone may renew what is due and collect what is earned.
interface IKeepers {
    /// @notice Keepers may renew up to this price of a whole term, US cents; 0 forbids it.
    event RenewalCapSet(address indexed subscriber, uint32 capCents);

    /// @notice A keeper got its share of what it collected, smallest units.
    event BountyPaid(address indexed keeper, uint8 indexed tokenId, uint256 amount);

    /// @notice A keeper could not renew what was due. `reason` is the selector of the error that {renewFor} reverts
    /// with, zero when the token gave none.
    event PaymentFailed(address indexed subscriber, bytes4 reason);

    /// @notice An instalment was due at `dueAt` and could not be collected. May be told again.
    event InstalmentMissed(address indexed subscriber, uint8 number, uint40 dueAt);

    /// @notice Earned money of a subscription was set free for the operator; `unused` is its new stream
    /// from this block on, smallest units.
    event Collected(
        address indexed subscriber,
        uint8 indexed tokenId,
        uint256 amount,
        uint256 unused
    );

    /// @notice The subscriber has not agreed to renewal by keepers.
    error RenewalNotAgreed(address subscriber);

    /// @notice It is too early: keepers may renew from `dueAt` on, Unix seconds.
    error RenewalNotDue(address subscriber, uint256 dueAt);

    /// @notice The price of the term is above the subscriber's cap, USD x 10^6.
    error PriceAboveCap(address subscriber, uint256 priceUsd, uint256 capUsd);

    /// @notice The chain's coin can't be collected: the subscriber has to renew.
    error RenewalNeedsWallet(address subscriber);

    /// @notice Only this contract calls this.
    error OnlySelf(address caller);

    /// @notice Sets the price up to which keepers may renew the caller's subscription; 0 forbids it.
    ///
    /// Requirements:
    /// - there is a subscription; `capCents` is below 2^25 (USD 335,544.32), which is above every price.
    function setRenewalCap(uint32 capCents) external;

    /// @notice Renews one subscription by its allowance, for a bounty. Reverts with the reason when it
    /// can't.
    ///
    /// Requirements:
    /// - it ends within a day or is in grace, and is neither canceled nor disputed;
    /// - its owner set a cap and the price, as {renew} would have it, is not above it.
    function renewFor(address subscriber) external;

    /// @notice Renews many. One that is due and can't be renewed emits {PaymentFailed}, one that is not due
    /// nothing; neither fails another.
    /// @return renewed How many were renewed.
    function renewMany(address[] calldata subscribers) external returns (uint256 renewed);

    /// @notice Sets free what subscriptions have earned, for {withdraw}. Skips those that are within the
    /// time for disputes, disputed, canceled and in grace, or without anything earned. What is left of a
    /// canceled one that has ended is kept for its owner.
    function collect(address[] calldata subscribers) external;

    /// @dev One renewal of {renewMany}; the contract calls itself, so that it can fail alone.
    /// @return tokenId What was paid in.
    /// @return bounty The keeper's share, smallest units.
    function renewIsolated(address subscriber) external returns (uint8 tokenId, uint256 bounty);
}
