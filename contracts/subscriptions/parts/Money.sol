// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Accounting} from "../types/Account.sol";
import {Checks} from "../../libraries/Checks.sol";
import {Feeds} from "../libraries/Feeds.sol";
import {FeedSlot, FeedSlots, TokenSlot, TokenSlots} from "../types/TokenSlot.sol";
import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";
import {IPaymentTokens} from "../interfaces/IPaymentTokens.sol";
import {Permit} from "../types/Order.sol";
import {PeriodInvalid} from "../../types/Errors.sol";
import {Plans} from "./Plans.sol";
import {Token, TokenDraft, TokenStatus} from "../types/Token.sol";
import {Transfers} from "../libraries/Transfers.sol";

/// @title Money
/// @dev Tokens, their prices, and the money that belongs to nobody's stream: earned and owed.
abstract contract Money is Plans, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant MAX_DECIMALS = 18;
    uint256 private constant COIN_DECIMALS = 18;
    uint256 private constant USD_DECIMALS = 6;

    mapping(uint256 tokenId => TokenSlot) internal _tokenSlots;
    mapping(uint256 tokenId => FeedSlot) private _feedSlots;
    /// @dev Earnings that do not fit the token's slot.
    mapping(uint256 tokenId => uint256) private _earnedBeyond;
    mapping(address account => mapping(uint256 tokenId => uint256)) private _owed;

    /// @inheritdoc IPaymentTokens
    address public treasury;
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
        _tokenSlots[tokenId] = TokenSlots.accepted(draft, decimals);
        tokenCount = tokenId + 1;

        emit TokenAccepted(tokenId, draft, decimals);
    }

    /// @inheritdoc IPaymentTokens
    function setTokenStatus(uint8 tokenId, TokenStatus status) external onlyOwner {
        TokenSlot slot = _getToken(tokenId);
        if (slot.status() == TokenStatus.Retired) {
            revert TokenNotAccepted(tokenId, TokenStatus.Retired);
        }
        Checks.positive("status", uint8(status));
        _tokenSlots[tokenId] = slot.withStatus(status);

        emit TokenStatusSet(tokenId, status);
    }

    /// @inheritdoc IPaymentTokens
    function withdraw(uint8 tokenId, uint256 amount) external onlyOwner nonReentrant {
        TokenSlot slot = _getToken(tokenId);
        uint256 earned = slot.earned() + _earnedBeyond[tokenId];
        if (amount > earned) revert EarnedShort(tokenId, earned, amount);
        _setEarned(tokenId, slot, earned - amount);

        emit Withdrawn(tokenId, treasury, amount);

        Transfers.send(slot.token(), treasury, amount);
    }

    /// @inheritdoc IPaymentTokens
    function setTreasury(address newTreasury) external onlyOwner {
        _setTreasury(newTreasury);
    }

    /// @inheritdoc IPaymentTokens
    function claim(uint8 tokenId, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0)) revert AddressMissing("to");
        amount = _owed[msg.sender][tokenId];
        if (amount == 0) revert NothingOwed(msg.sender, tokenId);
        _owed[msg.sender][tokenId] = 0;

        emit Claimed(msg.sender, tokenId, to, amount);

        Transfers.send(_tokenSlots[tokenId].token(), to, amount);
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
        found.earned = slot.earned() + _earnedBeyond[tokenId];
    }

    /// @inheritdoc IPaymentTokens
    function owed(address account, uint8 tokenId) external view returns (uint256) {
        return _owed[account][tokenId];
    }

    function _setTreasury(address newTreasury) internal {
        if (newTreasury == address(0)) revert AddressMissing("treasury");
        treasury = newTreasury;

        emit TreasurySet(newTreasury);
    }

    /// @dev Reverts unless the token is taken as payment now.
    function _getAccepted(uint256 tokenId) internal view returns (TokenSlot slot) {
        slot = _getToken(tokenId);
        TokenStatus status = slot.status();
        if (status != TokenStatus.Accepted) revert TokenNotAccepted(uint8(tokenId), status);
    }

    /// @dev Smallest units of the token that are worth at least `usd` (x 10^6).
    function _toTokenUp(
        uint256 tokenId,
        TokenSlot slot,
        uint256 usd
    ) internal view returns (uint256 amount) {
        uint256 unit = 10 ** slot.decimals();
        if (slot.isFed()) {
            FeedSlot feed = _feedSlots[tokenId];
            // No overflow: usd < 2^38, unit <= 10^18; the feed's unit is checked against its price.
            amount = Math.ceilDiv(
                usd * unit * 10 ** feed.decimals(),
                Feeds.read(feed) * 10 ** USD_DECIMALS
            );
        } else {
            amount = Math.ceilDiv(usd * unit, 10 ** USD_DECIMALS);
        }
    }

    /// @dev Takes a payment from `payer`, who sent the transaction if it is in the chain's coin.
    function _pull(TokenSlot slot, address payer, uint256 amount) internal {
        address token_ = slot.token();
        if (token_ != address(0)) {
            if (msg.value != 0) revert ValueUnexpected(msg.value);
            if (amount != 0) Transfers.pull(token_, payer, amount);
            return;
        }
        if (msg.value < amount) revert ValueShort(msg.value, amount);
        if (msg.value > amount) Transfers.send(token_, payer, msg.value - amount);
    }

    /// @dev A permit that was used before by somebody else does no harm: the allowance counts.
    function _permit(TokenSlot slot, Permit[] calldata permits) internal {
        if (permits.length == 0 || slot.token() == address(0)) return;
        Permit calldata p = permits[0];
        try
            IERC20Permit(slot.token()).permit(
                msg.sender,
                address(this),
                p.value,
                p.deadline,
                p.v,
                p.r,
                p.s
            )
        {} catch {}
    }

    /// @dev Pays somebody who did not send the transaction; what does not arrive is kept.
    function _deliver(uint256 tokenId, TokenSlot slot, address to, uint256 amount) internal {
        if (!Transfers.trySend(slot.token(), to, amount)) _owe(to, tokenId, amount);
    }

    function _owe(address account, uint256 tokenId, uint256 amount) internal {
        if (amount == 0) return;
        _owed[account][tokenId] += amount;

        emit Owed(account, uint8(tokenId), amount);
    }

    function _earn(uint256 tokenId, uint256 amount) internal {
        if (amount == 0) return;
        TokenSlot slot = _tokenSlots[tokenId];
        uint256 earned = slot.earned() + amount;
        if (earned > TokenSlots.MAX_EARNED) {
            _setEarned(tokenId, slot, earned + _earnedBeyond[tokenId]);
        } else {
            _tokenSlots[tokenId] = slot.withEarned(earned);
        }
    }

    /// @dev As much as fits goes to the token's slot.
    function _setEarned(uint256 tokenId, TokenSlot slot, uint256 earned) private {
        uint256 inSlot = Math.min(earned, TokenSlots.MAX_EARNED);
        _tokenSlots[tokenId] = slot.withEarned(inSlot);
        _earnedBeyond[tokenId] = earned - inSlot;
    }

    function _getToken(uint256 tokenId) private view returns (TokenSlot slot) {
        slot = _tokenSlots[tokenId];
        if (slot.status() == TokenStatus.None) revert TokenUnknown(uint8(tokenId));
    }

    function _decimalsOf(address token_) private view returns (uint8 decimals) {
        if (token_ == address(0)) return uint8(COIN_DECIMALS);
        bool found;
        (found, decimals) = IERC20(token_).tryGetDecimals();
        if (!found || decimals > MAX_DECIMALS) revert TokenDecimalsInvalid(token_);
    }
}
