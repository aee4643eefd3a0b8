// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What the contract knows of a wallet, unpacked. Meaning and units as in {Subscription}.
/// @param total Seconds from `since` to `until`.
/// @param aheadPercent What a second of the terms after the one that runs cost, percent of what a second of
/// that one cost, up to 255; 0 where there are none or all cost the same. See {Standing-unusedDown}.
/// @param promoTag Lowest 29 bits of the code hash that the wallet used last.
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
    uint256 aheadPercent;
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
/// @notice An account in one storage slot: nine flags | receipts 12 | promoUses 4 | promoTag 29 |
/// aheadPercent 8 | capCents 25 | paidTerms 4 | tokenId 6 | planId 9 | total 29 | until 33 | funded 88,
/// the highest bits first.
library Accounting {
    uint256 internal constant MAX_FUNDED = (1 << 88) - 1;
    uint256 internal constant MAX_PLANS = (1 << 9) - 1;
    uint256 internal constant MAX_TOKENS = (1 << 6) - 1;
    uint256 internal constant MAX_TERMS = 15;
    /// @dev Above the highest price of a term.
    uint256 internal constant MAX_CAP_CENTS = (1 << 25) - 1;
    uint256 internal constant MAX_AHEAD_PERCENT = (1 << 8) - 1;
    uint256 internal constant MAX_TAG = (1 << 29) - 1;
    uint256 internal constant MAX_PROMO_USES = 15;
    uint256 internal constant MAX_RECEIPTS = (1 << 12) - 1;

    // The year 2242.
    uint256 private constant MAX_UNTIL = (1 << 33) - 1;
    uint256 private constant MAX_TOTAL = (1 << 29) - 1;

    uint256 private constant UNTIL_AT = 88;
    uint256 private constant TOTAL_AT = 121;
    uint256 private constant PLAN_AT = 150;
    uint256 private constant TOKEN_AT = 159;
    uint256 private constant TERMS_AT = 165;
    uint256 private constant CAP_AT = 169;
    uint256 private constant AHEAD_AT = 194;
    uint256 private constant TAG_AT = 202;
    uint256 private constant USES_AT = 231;
    uint256 private constant RECEIPTS_AT = 235;

    uint256 private constant YEARLY_AT = 247;
    uint256 private constant TRIAL_AT = 248;
    uint256 private constant CANCELED_AT = 249;
    uint256 private constant DISPUTED_AT = 250;
    uint256 private constant SETTLED_AT = 251;
    uint256 private constant REFERRED_AT = 252;
    uint256 private constant AGREED_AT = 253;
    uint256 private constant KNOWN_AT = 254;
    uint256 private constant TRIAL_USED_AT = 255;

    /// @dev Every number is below its limit: they are checked where they are made.
    function pack(Account memory a) internal pure returns (uint256 slot) {
        slot = a.funded | (a.until << UNTIL_AT) | (a.total << TOTAL_AT) | (a.planId << PLAN_AT);
        slot |= (a.tokenId << TOKEN_AT) | (a.paidTerms << TERMS_AT) | (a.capCents << CAP_AT);
        slot |= (a.aheadPercent << AHEAD_AT) | (a.promoTag << TAG_AT);
        slot |= (a.promoUses << USES_AT) | (a.receipts << RECEIPTS_AT);
        slot |=
            _flag(a.yearly, YEARLY_AT) |
            _flag(a.trial, TRIAL_AT) |
            _flag(a.canceled, CANCELED_AT);
        slot |= _flag(a.disputed, DISPUTED_AT) | _flag(a.settled, SETTLED_AT);
        slot |= _flag(a.referred, REFERRED_AT) | _flag(a.agreed, AGREED_AT);
        slot |= _flag(a.known, KNOWN_AT) | _flag(a.trialUsed, TRIAL_USED_AT);
    }

    function unpack(uint256 slot) internal pure returns (Account memory a) {
        a.funded = slot & MAX_FUNDED;
        a.until = (slot >> UNTIL_AT) & MAX_UNTIL;
        a.total = (slot >> TOTAL_AT) & MAX_TOTAL;
        a.planId = (slot >> PLAN_AT) & MAX_PLANS;
        a.tokenId = (slot >> TOKEN_AT) & MAX_TOKENS;
        a.paidTerms = (slot >> TERMS_AT) & MAX_TERMS;
        a.capCents = (slot >> CAP_AT) & MAX_CAP_CENTS;
        a.aheadPercent = (slot >> AHEAD_AT) & MAX_AHEAD_PERCENT;
        a.promoTag = (slot >> TAG_AT) & MAX_TAG;
        a.promoUses = (slot >> USES_AT) & MAX_PROMO_USES;
        a.receipts = (slot >> RECEIPTS_AT) & MAX_RECEIPTS;
        a.yearly = (slot >> YEARLY_AT) & 1 != 0;
        a.trial = (slot >> TRIAL_AT) & 1 != 0;
        a.canceled = (slot >> CANCELED_AT) & 1 != 0;
        a.disputed = (slot >> DISPUTED_AT) & 1 != 0;
        a.settled = (slot >> SETTLED_AT) & 1 != 0;
        a.referred = (slot >> REFERRED_AT) & 1 != 0;
        a.agreed = (slot >> AGREED_AT) & 1 != 0;
        a.known = (slot >> KNOWN_AT) & 1 != 0;
        a.trialUsed = (slot >> TRIAL_USED_AT) & 1 != 0;
    }

    /// @notice When the money began to be earned; when canceled, the time of that.
    function since(Account memory a) internal pure returns (uint256) {
        return a.until - a.total;
    }

    /// @notice Ends the subscription. What belongs to the wallet and not to a subscription stays.
    function clear(Account memory a) internal pure {
        (a.funded, a.until, a.total, a.planId, a.tokenId) = (0, 0, 0, 0, 0);
        (a.paidTerms, a.capCents, a.aheadPercent) = (0, 0, 0);
        (a.yearly, a.trial, a.canceled, a.disputed) = (false, false, false, false);
        (a.settled, a.referred, a.agreed) = (false, false, false);
    }

    /// @dev Without the branch that the compiler makes of a condition: there are nine of them in each payment.
    function _flag(bool set, uint256 bit) private pure returns (uint256 flag) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            flag := shl(bit, set)
        }
    }
}
