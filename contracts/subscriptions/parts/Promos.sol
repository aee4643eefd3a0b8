// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Account, Accounting} from "../types/Account.sol";
import {Accounts} from "./Accounts.sol";
import {IPurchases} from "../interfaces/IPurchases.sol";
import {Promo} from "../types/Order.sol";
import {Rules} from "../libraries/Rules.sol";
import {ValueOutOfRange} from "../../types/Errors.sol";

/// @title Promos
/// @dev Promo codes exist off-chain, signed; the chain learns of one when it is used.
abstract contract Promos is Accounts, EIP712 {
    bytes32 private constant PROMO_TYPE = keccak256(
        "Promo(bytes32 codeHash,address wallet,uint16 planId,uint8 percent,uint40 expiresAt,uint32 totalLimit,uint8 walletLimit)"
    );

    mapping(bytes32 codeHash => uint32) private _uses;
    /// @dev By the lowest 32 bits of the code hash; of the code that a wallet used last its account knows.
    mapping(address wallet => mapping(uint256 tag => uint8)) private _usesBefore;

    constructor() EIP712("TrueTonne Subscriptions", "1") {}

    /// @inheritdoc IPurchases
    function promoUses(
        bytes32 codeHash,
        address wallet
    ) external view returns (uint32 total, uint8 byWallet) {
        return (_uses[codeHash], uint8(_usesOf(wallet, _load(wallet), codeHash)));
    }

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
        if (promo.totalLimit != 0 && _uses[codeHash] >= promo.totalLimit) {
            revert PromoUsedUp(codeHash, promo.totalLimit);
        }
        uint256 walletLimit = promo.walletLimit;
        if (walletLimit > Accounting.MAX_PROMO_USES) walletLimit = Accounting.MAX_PROMO_USES;
        if (_usesOf(subscriber, a, codeHash) >= walletLimit) {
            revert PromoUsedByWallet(codeHash, subscriber, walletLimit);
        }
    }

    /// @dev Counts one use. The caller stores the account.
    function _spendPromo(address subscriber, Account memory a, bytes32 codeHash) internal {
        uint256 byWallet = _usesOf(subscriber, a, codeHash);
        uint256 tag = _tagOf(codeHash);
        if (a.promoTag != tag) {
            // Safe unchecked cast: at most 15.
            if (a.promoUses != 0) _usesBefore[subscriber][a.promoTag] = uint8(a.promoUses);
            a.promoTag = tag;
        }
        a.promoUses = byWallet + 1;
        uint32 used = _uses[codeHash] + 1;
        _uses[codeHash] = used;

        emit PromoUsed(subscriber, codeHash, used);
    }

    function _usesOf(
        address subscriber,
        Account memory a,
        bytes32 codeHash
    ) private view returns (uint256) {
        if (a.promoUses == 0) return 0;
        uint256 tag = _tagOf(codeHash);
        return a.promoTag == tag ? a.promoUses : _usesBefore[subscriber][tag];
    }

    function _isSigned(
        Promo calldata promo,
        bytes32 codeHash,
        address signer
    ) private view returns (bool) {
        if (signer == address(0)) return false;
        bytes32 digest = _hashTypedDataV4(
            keccak256(
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
            )
        );
        // The key first: it spares the look at the signer's code, which Polygon and Ethereum charge for.
        (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, promo.signature);
        if (recovered == signer) return true;
        return
            signer.code.length != 0 &&
            SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, promo.signature);
    }

    function _tagOf(bytes32 codeHash) private pure returns (uint256) {
        return uint32(uint256(codeHash));
    }
}
