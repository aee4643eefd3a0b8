// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Why a price is lower than the list. The numbers are part of the ABI; of two that are equally
/// high the one that stands first here applies.
enum Discount {
    None,
    Season,
    Loyalty,
    Welcome,
    Promo
}

/// @notice A promo code as the operator signed it (EIP-712, type `Promo(bytes32 codeHash,address wallet,
/// uint16 planId,uint8 percent,uint40 expiresAt,uint32 totalLimit,uint8 walletLimit)`).
/// @param code The code, text of at most 32 bytes, padded with zeros. `codeHash` is its keccak256.
/// @param wallet Who may use it; zero for anyone.
/// @param planId The plan that it is for; 0 for any.
/// @param percent Discount, 1 to 90.
/// @param expiresAt First second in which it is void, Unix seconds.
/// @param totalLimit How many times it may be used in all; 0 has no limit.
/// @param walletLimit How many times one wallet may use it, 1 to 15.
/// @param signature Of the plan's promo signer, by a wallet or by a contract (ERC-1271).
struct Promo {
    bytes32 code;
    address wallet;
    uint16 planId;
    uint8 percent;
    uint40 expiresAt;
    uint32 totalLimit;
    uint8 walletLimit;
    bytes signature;
}

/// @notice An EIP-2612 permit of the caller for this contract.
struct Permit {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice What a wallet wants to buy.
/// @param planId The plan.
/// @param yearly 365 days and not 30.
/// @param tokenId What to pay in.
/// @param instalments Parts to pay the term in; 0 and 1 are all at once.
/// @param capCents Keepers may renew while a whole term costs no more than this, US cents; 0 forbids it.
/// @param referred Whether `referrer` is meant.
/// @param referrer Wallet that gets 10 % of the first payment.
/// @param maxAmount Most that may be paid now, smallest units of the token.
/// @param promos None or one.
/// @param permits None or one.
struct Order {
    uint16 planId;
    bool yearly;
    uint8 tokenId;
    uint8 instalments;
    uint32 capCents;
    bool referred;
    address referrer;
    uint256 maxAmount;
    Promo[] promos;
    Permit[] permits;
}

/// @notice What a subscriber pays the next term or instalment with.
/// @param tokenId The token of the running term; another one once that has run out.
/// @param maxAmount Most that may be paid now, smallest units of the token.
/// @param promos None or one.
/// @param permits None or one.
struct Renewal {
    uint8 tokenId;
    uint256 maxAmount;
    Promo[] promos;
    Permit[] permits;
}

/// @notice What a purchase costs and why, before it is paid. No tax is in it.
/// @param listUsd Price of the whole term without discount, USD x 10^6.
/// @param discount The one discount that applies.
/// @param percent Its height.
/// @param priceUsd Price of the whole term with it, USD x 10^6.
/// @param dueUsd What is due now, before unused value is counted; less than `priceUsd` for instalments.
/// @param amount What is paid now, smallest units of the token, unused value taken off.
/// @param sendAmount What to allow or send: `amount`, and 1 % more where a feed prices the token.
/// @param carried Unused value of the running term that pays for the new one, smallest units.
/// @param until Paid until then, Unix seconds.
/// @param renewalUsd Price of the next whole term as things stand, USD x 10^6; 0 when not sold.
/// @param renewalDiscount The discount of that: season and loyalty alone.
/// @param renewalPercent Its height.
struct Quote {
    uint256 listUsd;
    Discount discount;
    uint256 percent;
    uint256 priceUsd;
    uint256 dueUsd;
    uint256 amount;
    uint256 sendAmount;
    uint256 carried;
    uint256 until;
    uint256 renewalUsd;
    Discount renewalDiscount;
    uint256 renewalPercent;
}
