// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {CreditMetadata, Totals} from "./libraries/CreditMetadata.sol";
import {Dedication} from "./types/Dedication.sol";
import {Dedications} from "./libraries/Dedications.sol";
import {ICarbonCredit} from "./interfaces/ICarbonCredit.sol";
import {ITonneCertificates} from "./interfaces/ITonneCertificates.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {IVoidable} from "./interfaces/IVoidable.sol";
import {Project} from "./types/Project.sol";
import {Retirement} from "./types/Retirement.sol";

/// @dev One slot.
struct RetirementRecord {
    address account;
    uint64 grams;
    uint32 retiredAt;
}

/// @title CarbonCredit
/// @notice Immutable: nobody can pause or reissue, and nobody can move what another holds, with one
/// exception: a void takes the grams of a wrong batch from the owner of the project that minted them.
contract CarbonCredit is ICarbonCredit, ERC1155 {
    using Dedications for Dedication;
    using SafeCast for uint256;

    uint8 private constant DECIMALS = 6;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;
    uint256 private constant SERIALS_PER_CREDIT = 1e20; // above 2^64

    ITonneRegistry private immutable REGISTRY;
    address private immutable RECOURSE;

    /// @inheritdoc ICarbonCredit
    mapping(uint256 creditId => Totals) public totals;
    mapping(uint256 retirementId => RetirementRecord) private _retirements;

    constructor(ITonneRegistry registry_, address recourse) ERC1155("") {
        REGISTRY = registry_;
        RECOURSE = recourse;
    }

    /// @inheritdoc ICarbonCredit
    function issue(
        address to,
        uint256 creditId,
        uint64 grams,
        uint64 bufferGrams
    ) external returns (uint64 firstSerial) {
        if (msg.sender != address(REGISTRY)) revert NotRegistry(msg.sender);

        // One read and one write of the slot.
        Totals memory total = totals[creditId];
        firstSerial = total.mintedGrams;
        // Serials have 64 bits, so the sum has to stay within; what is buffered is a part of it.
        total.mintedGrams = (uint256(firstSerial) + grams).toUint64();
        total.bufferedGrams += bufferGrams;
        totals[creditId] = total;

        if (bufferGrams > 0) emit Buffered(creditId, bufferGrams);
        _mint(to, creditId, grams - bufferGrams, "");
    }

    /// @inheritdoc IVoidable
    function void(address owner, uint256 creditId, uint64 grams) external returns (uint64 missing) {
        _checkRecourse();
        Totals memory total = totals[creditId];
        // Safe unchecked casts: each is at most `grams`.
        uint64 fromOwner = uint64(Math.min(balanceOf(owner, creditId), grams));
        uint64 fromBuffer = uint64(Math.min(total.bufferedGrams, grams - fromOwner));

        total.bufferedGrams -= fromBuffer;
        total.voidedGrams += fromOwner + fromBuffer;
        totals[creditId] = total;

        emit Voided(creditId, owner, fromOwner, fromBuffer);
        _burn(owner, creditId, fromOwner);
        return grams - fromOwner - fromBuffer;
    }

    /// @inheritdoc IVoidable
    function surrender(address holder, uint256 creditId, uint64 grams) external {
        _checkRecourse();

        totals[creditId].voidedGrams += grams;

        emit Voided(creditId, holder, grams, 0);
        _burn(holder, creditId, grams);
    }

    /// @inheritdoc ICarbonCredit
    function retire(
        uint256 creditId,
        uint64 grams,
        Dedication calldata dedication
    ) external returns (uint256 retirementId) {
        return _retire(creditId, grams, dedication);
    }

    /// @inheritdoc ICarbonCredit
    function retireWithCertificate(
        uint256 creditId,
        uint64 grams,
        Dedication calldata dedication,
        ITonneCertificates certificates
    ) external returns (uint256 retirementId) {
        retirementId = _retire(creditId, grams, dedication);

        certificates.certify(retirementId, dedication);
    }

    /// @inheritdoc ICarbonCredit
    function retirement(uint256 retirementId) external view returns (Retirement memory) {
        RetirementRecord storage record = _retirements[retirementId];
        if (record.account == address(0)) revert RetirementUnknown(retirementId);
        return
            Retirement({
                account: record.account,
                creditId: retirementId / SERIALS_PER_CREDIT,
                grams: record.grams,
                firstSerial: uint64(retirementId % SERIALS_PER_CREDIT),
                retiredAt: record.retiredAt
            });
    }

    /// @inheritdoc ICarbonCredit
    function decimals() external pure returns (uint8) {
        return DECIMALS;
    }

    /// @inheritdoc ICarbonCredit
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    /// @inheritdoc IERC1155MetadataURI
    /// @dev Reverts with {IProjects.ProjectUnknown} when no project can have this credit.
    function uri(
        uint256 creditId
    ) public view override(ERC1155, IERC1155MetadataURI) returns (string memory) {
        uint256 projectId = creditId / VINTAGES_PER_PROJECT;
        Project memory project = REGISTRY.project(projectId.toUint32());
        return
            CreditMetadata.uriOf(
                projectId,
                creditId % VINTAGES_PER_PROJECT,
                project,
                REGISTRY.methodology(project.plant.methodologyId),
                totals[creditId]
            );
    }

    function _retire(
        uint256 creditId,
        uint64 grams,
        Dedication calldata dedication
    ) private returns (uint256 retirementId) {
        if (grams == 0) revert RetirementEmpty(creditId);
        dedication.check();

        _burn(msg.sender, creditId, grams);
        Totals storage total = totals[creditId];
        uint64 firstSerial = total.retiredGrams;
        total.retiredGrams = firstSerial + grams;
        retirementId = creditId * SERIALS_PER_CREDIT + firstSerial;
        _retirements[retirementId] = RetirementRecord({
            account: dedication.account,
            grams: grams,
            retiredAt: uint32(block.timestamp)
        });

        emit Retired(retirementId, dedication.account, creditId, grams, firstSerial, dedication);
    }

    function _checkRecourse() private view {
        if (msg.sender != RECOURSE) revert NotRecourse(msg.sender);
    }
}
