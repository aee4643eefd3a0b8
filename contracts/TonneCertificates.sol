// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {Certificate} from "./types/Certificate.sol";
import {CertificateArt, Facts} from "./libraries/CertificateArt.sol";
import {Checks} from "./libraries/Checks.sol";
import {Dedication} from "./types/Dedication.sol";
import {Dedications} from "./libraries/Dedications.sol";
import {ICarbonCredit} from "./interfaces/ICarbonCredit.sol";
import {IERC5192} from "./interfaces/IERC5192.sol";
import {ITonneCertificates} from "./interfaces/ITonneCertificates.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";

/// @dev What is not in the retirement's record. A text of at most 31 bytes fits one slot, which is written
/// without being read, so the period stands before the purpose: 5 bytes from, 5 bytes until.
struct Wording {
    ShortString periodAndPurpose;
    ShortString beneficiary;
    bytes32 commitment;
    string longPeriodAndPurpose;
    string longBeneficiary;
}

/// @title TonneCertificates
/// @notice Immutable: nobody can take, move or change a certificate.
/// @dev The holder is the account of the retirement, so no second record of it is kept. What the
/// compiler would have pure is not, so that wallets see the ABI that the standard has.
contract TonneCertificates is ITonneCertificates {
    using Bytes for bytes;
    using Dedications for string;
    using SafeCast for uint256;
    using ShortStrings for ShortString;
    using ShortStrings for string;

    uint256 private constant VINTAGES_PER_PROJECT = 10_000;
    uint256 private constant PERIOD_BYTES = 10;

    ICarbonCredit private immutable CREDIT;
    ITonneRegistry private immutable REGISTRY;

    mapping(address account => uint256) private _balances;
    mapping(uint256 retirementId => Wording) private _wordings;

    constructor(ICarbonCredit credit_) {
        CREDIT = credit_;
        REGISTRY = ITonneRegistry(credit_.registry());
    }

    /// @inheritdoc ITonneCertificates
    function certify(uint256 retirementId, Dedication calldata dedication) external {
        if (msg.sender != address(CREDIT)) revert NotCredit(msg.sender);

        ++_balances[dedication.account];
        Wording storage wording = _wordings[retirementId];
        wording.periodAndPurpose = string(
            abi.encodePacked(dedication.periodFrom, dedication.periodUntil, dedication.purpose)
        ).toShortStringWithFallback(wording.longPeriodAndPurpose);
        if (bytes(dedication.beneficiary).length != 0) {
            _setBeneficiary(wording, dedication.beneficiary);
        }
        if (dedication.commitment != 0) wording.commitment = dedication.commitment;

        emit Transfer(address(0), dedication.account, retirementId);
        emit Locked(retirementId);
    }

    /// @inheritdoc ITonneCertificates
    function reveal(uint256 retirementId, string calldata beneficiary, bytes32 salt) external {
        address account = ownerOf(retirementId);
        if (msg.sender != account) revert NotAccount(retirementId, msg.sender, account);
        Checks.text("beneficiary", beneficiary, Dedications.BENEFICIARY_BYTES);
        Wording storage wording = _wordings[retirementId];
        bytes32 commitment = wording.commitment;
        bytes32 revealed = beneficiary.commitmentTo(salt);
        if (revealed != commitment) revert RevealMismatch(retirementId, commitment, revealed);

        _setBeneficiary(wording, beneficiary);

        emit BeneficiaryRevealed(retirementId, beneficiary, salt);
    }

    /// @inheritdoc IERC721
    function balanceOf(address account) external view returns (uint256) {
        if (account == address(0)) revert IERC721Errors.ERC721InvalidOwner(account);
        return _balances[account];
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        _checkExists(tokenId);
        return true;
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 tokenId) external view returns (string memory) {
        Facts memory facts;
        facts.certificate = certificate(tokenId);
        facts.retirementId = tokenId;
        facts.retirement = CREDIT.retirement(tokenId);
        uint256 creditId = facts.retirement.creditId;
        facts.vintage = creditId % VINTAGES_PER_PROJECT;
        facts.project = REGISTRY.project((creditId / VINTAGES_PER_PROJECT).toUint32());
        facts.methodology = REGISTRY.methodology(facts.project.plant.methodologyId);
        facts.credit = address(CREDIT);
        return CertificateArt.uriOf(facts);
    }

    /// @inheritdoc ITonneCertificates
    function credit() external view returns (address) {
        return address(CREDIT);
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 tokenId) external view returns (address) {
        _checkExists(tokenId);
        return address(0);
    }

    /// @inheritdoc IERC721Metadata
    function name() external pure returns (string memory) {
        return "TrueTonne retirement certificates";
    }

    /// @inheritdoc IERC721Metadata
    function symbol() external pure returns (string memory) {
        return "TTRC";
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC721Metadata).interfaceId ||
            interfaceId == type(IERC5192).interfaceId;
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IERC721
    function approve(address, uint256) external {
        revert Soulbound();
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address, bool) external {
        revert Soulbound();
    }

    /// @inheritdoc IERC721
    function transferFrom(address, address, uint256) external {
        revert Soulbound();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256) external {
        revert Soulbound();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256, bytes calldata) external {
        revert Soulbound();
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 tokenId) public view returns (address) {
        _checkExists(tokenId);
        return CREDIT.retirement(tokenId).account;
    }

    /// @inheritdoc ITonneCertificates
    function certificate(uint256 retirementId) public view returns (Certificate memory) {
        _checkExists(retirementId);
        Wording storage wording = _wordings[retirementId];
        bytes memory periodAndPurpose = bytes(
            wording.periodAndPurpose.toStringWithFallback(wording.longPeriodAndPurpose)
        );
        // Safe unchecked casts: 5 bytes each, at the top of a word.
        uint256 head = uint256(bytes32(periodAndPurpose));
        return
            Certificate({
                commitment: wording.commitment,
                beneficiary: wording.beneficiary.toStringWithFallback(wording.longBeneficiary),
                purpose: string(periodAndPurpose.slice(PERIOD_BYTES)),
                periodFrom: uint40(head >> 216),
                periodUntil: uint40(head >> 176)
            });
    }

    function _setBeneficiary(Wording storage wording, string calldata beneficiary) private {
        string memory text = beneficiary;
        wording.beneficiary = text.toShortStringWithFallback(wording.longBeneficiary);
    }

    function _checkExists(uint256 tokenId) private view {
        bytes32 stored = ShortString.unwrap(_wordings[tokenId].periodAndPurpose);
        if (stored == 0) revert IERC721Errors.ERC721NonexistentToken(tokenId);
    }
}
