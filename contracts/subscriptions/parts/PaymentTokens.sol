// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Accounting} from "../types/Account.sol";
import {Checks} from "../../libraries/Checks.sol";
import {Feeds} from "../libraries/Feeds.sol";
import {FeedSlot, FeedSlots, TokenSlot, TokenSlots} from "../types/TokenSlot.sol";
import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";
import {IPaymentTokens} from "../interfaces/IPaymentTokens.sol";
import {PeriodInvalid} from "../../types/Errors.sol";
import {Plans} from "./Plans.sol";
import {Token, TokenDraft, TokenStatus} from "../types/Token.sol";

/// @title PaymentTokens
/// @dev Which tokens are taken, and what they are worth.
abstract contract PaymentTokens is Plans {
    using SafeERC20 for IERC20;

    uint8 private constant COIN_DECIMALS = 18;
    uint256 private constant MAX_DECIMALS = 18;
    uint256 private constant USD_UNIT = 1e6;

    /// @dev As the other contract has them, but for what they earned.
    mapping(uint256 tokenId => TokenSlot) internal _tokenSlots;
    mapping(uint256 tokenId => FeedSlot) private _feedSlots;

    /// @inheritdoc IPaymentTokens
    uint8 public tokenCount;

    /// @inheritdoc IPaymentTokens
    function acceptToken(TokenDraft calldata draft) external onlyOwner returns (uint8 tokenId) {
        tokenId = tokenCount;
        if (tokenId > Accounting.MAX_TOKENS) revert TokenLimitReached(Accounting.MAX_TOKENS + 1);
        uint8 decimals = _decimalsOf(draft.token);
        if (draft.feed != address(0)) {
            Checks.positive("maxAge", draft.maxAge);
            Checks.positive("minPriceE4", draft.minPriceE4);
            if (draft.minPriceE4 > draft.maxPriceE4) {
                revert PeriodInvalid(draft.minPriceE4, draft.maxPriceE4);
            }
            _feedSlots[tokenId] = FeedSlots.from(draft, IAggregatorV3(draft.feed).decimals());
        }
        tokenCount = tokenId + 1;
        _setToken(tokenId, TokenSlots.accepted(draft, decimals));

        emit TokenAccepted(tokenId, draft, decimals);
    }

    /// @inheritdoc IPaymentTokens
    function setTokenStatus(uint8 tokenId, TokenStatus status) external onlyOwner {
        TokenSlot slot = _getToken(tokenId);
        if (slot.status() == TokenStatus.Retired) {
            revert TokenNotAccepted(tokenId, TokenStatus.Retired);
        }
        Checks.positive("status", uint8(status));
        _setToken(tokenId, slot.withStatus(status));

        emit TokenStatusSet(tokenId, status);
    }

    /// @inheritdoc IPaymentTokens
    function token(uint8 tokenId) external view returns (Token memory found) {
        TokenSlot slot = _getToken(tokenId);
        FeedSlot feed = _feedSlots[tokenId];
        found.draft = TokenDraft({
            token: slot.token(),
            bountyPercentE2: uint8(slot.bountyPercentE2()),
            feed: feed.feed(),
            maxAge: feed.maxAge(),
            minPriceE4: feed.minPriceE4(),
            maxPriceE4: feed.maxPriceE4()
        });
        found.status = slot.status();
        found.decimals = uint8(slot.decimals());
        found.earned = SUBSCRIPTIONS.earnedOf(tokenId);
    }

    /// @inheritdoc IPaymentTokens
    function toTokenUp(uint8 tokenId, uint256 usd) public view returns (uint256) {
        TokenSlot slot = _getToken(tokenId);
        uint256 unit = 10 ** slot.decimals();
        if (!slot.isFed()) return Math.ceilDiv(usd * unit, USD_UNIT);
        FeedSlot feed = _feedSlots[tokenId];
        return Math.ceilDiv(usd * unit * 10 ** feed.decimals(), Feeds.read(feed) * USD_UNIT);
    }

    function _setToken(uint8 tokenId, TokenSlot slot) private {
        _tokenSlots[tokenId] = slot;
        SUBSCRIPTIONS.setTokenSlot(tokenId, slot);
    }

    function _getToken(uint256 tokenId) private view returns (TokenSlot slot) {
        slot = _tokenSlots[tokenId];
        if (slot.status() == TokenStatus.None) revert TokenUnknown(uint8(tokenId));
    }

    function _decimalsOf(address token_) private view returns (uint8 decimals) {
        if (token_ == address(0)) return COIN_DECIMALS;
        bool found;
        (found, decimals) = IERC20(token_).tryGetDecimals();
        if (!found || decimals > MAX_DECIMALS) revert TokenDecimalsInvalid(token_);
    }
}
