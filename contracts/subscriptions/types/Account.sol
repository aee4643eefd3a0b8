// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What the contract knows of a wallet, unpacked. Meaning and units as in {Subscription}.
/// @param total Seconds from `since` to `until`.
/// @param promoTag Lowest 32 bits of the code hash that the wallet used last.
/// @param promoUses How many times it used that one, up to 15.
/// @param known Has paid or registered as a referrer.
/// @param referred A tenth of the current stream's first payment went to a referrer.
/// @param settled The term can't be disputed any more, and may be collected.
/// @param agreed There is an {Agreement}.
struct Account {
    uint256 funded;
    uint256 until;
    uint256 total;
    uint256 planId;
    uint256 tokenId;
    uint256 paidTerms;
    uint256 capCents;
    uint256 promoTag;
    uint256 promoUses;
    uint256 receipts;
    bool yearly;
    bool trial;
    bool canceled;
    bool disputed;
    bool settled;
    bool referred;
    bool agreed;
    bool known;
    bool trialUsed;
}

/// @notice What few wallets need beside their account.
/// @param referrer Gets a tenth of the payment that follows a trial.
/// @param priceUsd Price of the whole term that is paid in instalments, USD x 10^6.
/// @param instalments Parts of each term.
/// @param left Parts of the current term that are not paid yet.
struct Agreement {
    address referrer;
    uint48 priceUsd;
    uint8 instalments;
    uint8 left;
}

using Accounting for Account global;

/// @title Accounting
/// @notice An account in one storage slot: nine flags | receipts 12 | promoUses 4 | promoTag 32 |
/// capCents 27 | paidTerms 4 | tokenId 6 | planId 9 | total 29 | until 36 | funded 88, the highest
/// bits first.
library Accounting {
    uint256 internal constant MAX_FUNDED = (1 << 88) - 1;
    uint256 internal constant MAX_PLANS = (1 << 9) - 1;
    uint256 internal constant MAX_TOKENS = (1 << 6) - 1;
    uint256 internal constant MAX_TERMS = 15;
    uint256 internal constant MAX_CAP_CENTS = (1 << 27) - 1;
    uint256 internal constant MAX_PROMO_USES = 15;
    uint256 internal constant MAX_RECEIPTS = (1 << 12) - 1;

    uint256 private constant MAX_UNTIL = (1 << 36) - 1;
    uint256 private constant MAX_TOTAL = (1 << 29) - 1;

    uint256 private constant UNTIL_AT = 88;
    uint256 private constant TOTAL_AT = 124;
    uint256 private constant PLAN_AT = 153;
    uint256 private constant TOKEN_AT = 162;
    uint256 private constant TERMS_AT = 168;
    uint256 private constant CAP_AT = 172;
    uint256 private constant TAG_AT = 199;
    uint256 private constant USES_AT = 231;
    uint256 private constant RECEIPTS_AT = 235;

    uint256 private constant YEARLY = 1 << 247;
    uint256 private constant TRIAL = 1 << 248;
    uint256 private constant CANCELED = 1 << 249;
    uint256 private constant DISPUTED = 1 << 250;
    uint256 private constant SETTLED = 1 << 251;
    uint256 private constant REFERRED = 1 << 252;
    uint256 private constant AGREED = 1 << 253;
    uint256 private constant KNOWN = 1 << 254;
    uint256 private constant TRIAL_USED = 1 << 255;

    /// @dev Every number is below its limit: they are checked where they are made.
    function pack(Account memory a) internal pure returns (uint256 slot) {
        slot = a.funded | (a.until << UNTIL_AT) | (a.total << TOTAL_AT) | (a.planId << PLAN_AT);
        slot |= (a.tokenId << TOKEN_AT) | (a.paidTerms << TERMS_AT) | (a.capCents << CAP_AT);
        slot |= (a.promoTag << TAG_AT) | (a.promoUses << USES_AT) | (a.receipts << RECEIPTS_AT);
        slot |= (a.yearly ? YEARLY : 0) | (a.trial ? TRIAL : 0) | (a.canceled ? CANCELED : 0);
        slot |= (a.disputed ? DISPUTED : 0) | (a.settled ? SETTLED : 0);
        slot |= (a.referred ? REFERRED : 0) | (a.agreed ? AGREED : 0);
        slot |= (a.known ? KNOWN : 0) | (a.trialUsed ? TRIAL_USED : 0);
    }

    function unpack(uint256 slot) internal pure returns (Account memory a) {
        a.funded = slot & MAX_FUNDED;
        a.until = (slot >> UNTIL_AT) & MAX_UNTIL;
        a.total = (slot >> TOTAL_AT) & MAX_TOTAL;
        a.planId = (slot >> PLAN_AT) & MAX_PLANS;
        a.tokenId = (slot >> TOKEN_AT) & MAX_TOKENS;
        a.paidTerms = (slot >> TERMS_AT) & MAX_TERMS;
        a.capCents = (slot >> CAP_AT) & MAX_CAP_CENTS;
        a.promoTag = uint32(slot >> TAG_AT);
        a.promoUses = (slot >> USES_AT) & MAX_PROMO_USES;
        a.receipts = (slot >> RECEIPTS_AT) & MAX_RECEIPTS;
        a.yearly = slot & YEARLY != 0;
        a.trial = slot & TRIAL != 0;
        a.canceled = slot & CANCELED != 0;
        a.disputed = slot & DISPUTED != 0;
        a.settled = slot & SETTLED != 0;
        a.referred = slot & REFERRED != 0;
        a.agreed = slot & AGREED != 0;
        a.known = slot & KNOWN != 0;
        a.trialUsed = slot & TRIAL_USED != 0;
    }

    /// @notice When the money began to be earned; when canceled, the time of that.
    function since(Account memory a) internal pure returns (uint256) {
        return a.until - a.total;
    }

    /// @notice Ends the subscription. What belongs to the wallet and not to a subscription stays.
    function clear(Account memory a) internal pure {
        (a.funded, a.until, a.total, a.planId, a.tokenId) = (0, 0, 0, 0, 0);
        (a.paidTerms, a.capCents) = (0, 0);
        (a.yearly, a.trial, a.canceled, a.disputed) = (false, false, false, false);
        (a.settled, a.referred, a.agreed) = (false, false, false);
    }
}
