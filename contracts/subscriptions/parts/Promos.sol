// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Account, Accounting} from "../types/Account.sol";
import {Promo} from "../types/Order.sol";
import {Rules} from "../libraries/Rules.sol";
import {Sales} from "./Sales.sol";
import {ValueOutOfRange} from "../../types/Errors.sol";

/// @title Promos
/// @dev Promo codes exist off-chain, signed; the chain learns of one when it is used.
abstract contract Promos is Sales {
    bytes32 private constant PROMO_TYPE = keccak256(
        "Promo(bytes32 codeHash,address wallet,uint16 planId,uint8 percent,uint40 expiresAt,uint32 totalLimit,uint8 walletLimit)"
    );

    /// @dev Reverts unless the wallet may use the code now.
    function _checkPromo(
        Promo calldata promo,
        address subscriber,
        Account memory a,
        uint256 planId,
        address signer
    ) internal view returns (bytes32 codeHash) {
        codeHash = keccak256(abi.encode(promo.code));
        if (promo.percent > Rules.MAX_PROMO_PERCENT) {
            revert ValueOutOfRange("percent", int256(uint256(promo.percent)));
        }
        if (promo.planId != 0 && promo.planId != planId) {
            revert PromoForOtherPlan(codeHash, promo.planId, uint16(planId));
        }
        if (promo.wallet != address(0) && promo.wallet != subscriber) {
            revert PromoForOtherWallet(codeHash, promo.wallet, subscriber);
        }
        if (block.timestamp >= promo.expiresAt) revert PromoExpired(codeHash, promo.expiresAt);
        if (!_isSigned(promo, codeHash, signer)) revert PromoForeign(codeHash);

        (uint256 total, uint256 byWallet) = _promoUses(codeHash, subscriber, a);
        if (promo.totalLimit != 0 && total >= promo.totalLimit) {
            revert PromoUsedUp(codeHash, promo.totalLimit);
        }
        if (byWallet >= promo.walletLimit || byWallet == Accounting.MAX_PROMO_USES) {
            revert PromoUsedByWallet(codeHash, subscriber, byWallet);
        }
    }

    function _isSigned(
        Promo calldata promo,
        bytes32 codeHash,
        address signer
    ) private view returns (bool) {
        if (signer == address(0)) return false;
        bytes32 promoHash = keccak256(
            abi.encode(
                PROMO_TYPE,
                codeHash,
                promo.wallet,
                promo.planId,
                promo.percent,
                promo.expiresAt,
                promo.totalLimit,
                promo.walletLimit
            )
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(_promoDomain(), promoHash);
        // The key first: it spares the look at the signer's code, which costs gas.
        (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, promo.signature);
        return
            recovered == signer ||
            SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, promo.signature);
    }
}
