// SPDX-License-Identifier: MIT
// solhint-disable one-contract-per-file
pragma solidity ^0.8.37;

import {TokenDraft, TokenStatus} from "./Token.sol";

/// @notice All that most payments need of a token, and what it has earned, in one storage slot:
/// bountyPercentE2 8 | fed 1 | decimals 5 | status 2 | earned 80 | token 160, the highest bits first.
/// Meaning and units as in {Token}; `fed` when a feed prices it.
type TokenSlot is uint256;

/// @notice How a token is priced, in one storage slot: maxPriceE4 32 | minPriceE4 32 |
/// decimals of the feed 8 | maxAge 24 | feed 160, the highest bits first.
type FeedSlot is uint256;

using TokenSlots for TokenSlot global;
using FeedSlots for FeedSlot global;

/// @title TokenSlots
/// @dev Packed by hand, so that a renewal reads and writes one slot.
library TokenSlots {
    /// @notice More than this is kept elsewhere ({Money}).
    uint256 internal constant MAX_EARNED = (1 << 80) - 1;

    uint256 private constant EARNED_AT = 160;
    uint256 private constant STATUS_AT = 240;
    uint256 private constant DECIMALS_AT = 242;
    uint256 private constant FED_AT = 247;
    uint256 private constant BOUNTY_AT = 248;

    /// @notice A token that is accepted and has earned nothing.
    function accepted(
        TokenDraft calldata draft,
        uint256 decimals_
    ) internal pure returns (TokenSlot) {
        uint256 fed = draft.feed == address(0) ? 0 : 1;
        return
            TokenSlot.wrap(
                uint256(uint160(draft.token)) |
                    (uint256(TokenStatus.Accepted) << STATUS_AT) |
                    (decimals_ << DECIMALS_AT) |
                    (fed << FED_AT) |
                    (uint256(draft.bountyPercentE2) << BOUNTY_AT)
            );
    }

    /// @notice The same token with another status.
    function withStatus(TokenSlot slot, TokenStatus status_) internal pure returns (TokenSlot) {
        uint256 rest = TokenSlot.unwrap(slot) & ~(uint256(3) << STATUS_AT);
        return TokenSlot.wrap(rest | (uint256(status_) << STATUS_AT));
    }

    /// @notice The same token with other earnings.
    /// @dev The caller has checked that they are at most {MAX_EARNED}.
    function withEarned(TokenSlot slot, uint256 earned_) internal pure returns (TokenSlot) {
        uint256 rest = TokenSlot.unwrap(slot) & ~(MAX_EARNED << EARNED_AT);
        return TokenSlot.wrap(rest | (earned_ << EARNED_AT));
    }

    function token(TokenSlot slot) internal pure returns (address) {
        return address(uint160(TokenSlot.unwrap(slot)));
    }

    function earned(TokenSlot slot) internal pure returns (uint256) {
        return (TokenSlot.unwrap(slot) >> EARNED_AT) & MAX_EARNED;
    }

    function status(TokenSlot slot) internal pure returns (TokenStatus) {
        return TokenStatus((TokenSlot.unwrap(slot) >> STATUS_AT) & 3);
    }

    function decimals(TokenSlot slot) internal pure returns (uint256) {
        return (TokenSlot.unwrap(slot) >> DECIMALS_AT) & 31;
    }

    function isFed(TokenSlot slot) internal pure returns (bool) {
        return (TokenSlot.unwrap(slot) >> FED_AT) & 1 != 0;
    }

    function bountyPercentE2(TokenSlot slot) internal pure returns (uint256) {
        return TokenSlot.unwrap(slot) >> BOUNTY_AT;
    }
}

/// @title FeedSlots
library FeedSlots {
    uint256 private constant MAX_AGE_AT = 160;
    uint256 private constant DECIMALS_AT = 184;
    uint256 private constant MINIMUM_AT = 192;
    uint256 private constant MAXIMUM_AT = 224;

    function from(TokenDraft calldata draft, uint8 decimals_) internal pure returns (FeedSlot) {
        return
            FeedSlot.wrap(
                uint256(uint160(draft.feed)) |
                    (uint256(draft.maxAge) << MAX_AGE_AT) |
                    (uint256(decimals_) << DECIMALS_AT) |
                    (uint256(draft.minPriceE4) << MINIMUM_AT) |
                    (uint256(draft.maxPriceE4) << MAXIMUM_AT)
            );
    }

    function feed(FeedSlot slot) internal pure returns (address) {
        return address(uint160(FeedSlot.unwrap(slot)));
    }

    function maxAge(FeedSlot slot) internal pure returns (uint24) {
        return uint24(FeedSlot.unwrap(slot) >> MAX_AGE_AT);
    }

    function decimals(FeedSlot slot) internal pure returns (uint8) {
        return uint8(FeedSlot.unwrap(slot) >> DECIMALS_AT);
    }

    function minPriceE4(FeedSlot slot) internal pure returns (uint32) {
        return uint32(FeedSlot.unwrap(slot) >> MINIMUM_AT);
    }

    function maxPriceE4(FeedSlot slot) internal pure returns (uint32) {
        return uint32(FeedSlot.unwrap(slot) >> MAXIMUM_AT);
    }
}
