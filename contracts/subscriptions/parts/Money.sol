// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IBooks} from "../interfaces/IBooks.sol";
import {IMoney} from "../interfaces/IMoney.sol";
import {ISubscriptions} from "../../interfaces/ISubscriptions.sol";
import {Permit} from "../types/Order.sol";
import {TokenSlot, TokenSlots} from "../types/TokenSlot.sol";
import {TonnePlans} from "../../TonnePlans.sol";
import {Transfers} from "../libraries/Transfers.sol";

/// @title Money
/// @dev The money that belongs to nobody's stream, and how payments come and go. The part at the bottom:
/// it has the whole interface.
abstract contract Money is ISubscriptions, ReentrancyGuardTransient {
    TonnePlans internal immutable PLANS;

    mapping(uint256 tokenId => TokenSlot) internal _tokenSlots;
    /// @dev Earnings that do not fit the token's slot.
    mapping(uint256 tokenId => uint256) private _earnedBeyond;
    mapping(address account => mapping(uint256 tokenId => uint256)) private _owed;

    modifier onlyPlans() {
        _checkPlans();
        _;
    }

    constructor(address operator, address treasury, address arbiter) {
        PLANS = new TonnePlans(operator, treasury, arbiter);
    }

    /// @inheritdoc IBooks
    function payOut(
        uint8 tokenId,
        address treasury,
        uint256 amount
    ) external onlyPlans nonReentrant {
        uint256 earned = earnedOf(tokenId);
        if (amount > earned) revert EarnedShort(tokenId, earned, amount);
        _setEarned(tokenId, earned - amount);

        emit Withdrawn(tokenId, treasury, amount);

        Transfers.send(_tokenSlots[tokenId].token(), treasury, amount);
    }

    /// @inheritdoc IMoney
    function claim(uint8 tokenId, address to) external nonReentrant returns (uint256 amount) {
        amount = _owed[msg.sender][tokenId];
        if (amount == 0) revert NothingOwed(msg.sender, tokenId);
        _owed[msg.sender][tokenId] = 0;

        emit Claimed(msg.sender, tokenId, to, amount);

        Transfers.send(_tokenSlots[tokenId].token(), to, amount);
    }

    /// @inheritdoc IBooks
    function setTokenSlot(uint8 tokenId, TokenSlot slot) external onlyPlans {
        _tokenSlots[tokenId] = slot.withEarned(_tokenSlots[tokenId].earned());
    }

    /// @inheritdoc IMoney
    function owed(address account, uint8 tokenId) external view returns (uint256) {
        return _owed[account][tokenId];
    }

    /// @inheritdoc IBooks
    function plans() external view returns (address) {
        return address(PLANS);
    }

    /// @inheritdoc IMoney
    function earnedOf(uint8 tokenId) public view returns (uint256) {
        return _tokenSlots[tokenId].earned() + _earnedBeyond[tokenId];
    }

    /// @dev Takes a payment from `payer`, who sent the transaction if it is in the chain's coin.
    function _pull(TokenSlot slot, address payer, uint256 amount) internal {
        address token = slot.token();
        if (token != address(0)) {
            if (msg.value != 0) revert ValueUnexpected(msg.value);
            if (amount != 0) Transfers.pull(token, payer, amount);
            return;
        }
        if (msg.value < amount) revert ValueShort(msg.value, amount);
        if (msg.value > amount) Transfers.send(token, payer, msg.value - amount);
    }

    function _permit(TokenSlot slot, Permit[] calldata permits) internal {
        if (slot.token() != address(0)) Transfers.usePermit(slot.token(), permits);
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
            _setEarned(tokenId, earned + _earnedBeyond[tokenId]);
        } else {
            _tokenSlots[tokenId] = slot.withEarned(earned);
        }
    }

    function _checkPlans() private view {
        if (msg.sender != address(PLANS)) revert NotPlans(msg.sender);
    }

    /// @dev As much as fits goes to the token's slot.
    function _setEarned(uint256 tokenId, uint256 earned) private {
        uint256 inSlot = Math.min(earned, TokenSlots.MAX_EARNED);
        _tokenSlots[tokenId] = _tokenSlots[tokenId].withEarned(inSlot);
        _earnedBeyond[tokenId] = earned - inSlot;
    }
}
