// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {CertificateMetadata, CertificateTotals} from "./libraries/CertificateMetadata.sol";
import {Cancellation, IEnergyCertificate} from "./interfaces/IEnergyCertificate.sol";
import {Checks} from "./libraries/Checks.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {IVoidable} from "./interfaces/IVoidable.sol";

/// @dev One slot.
struct CancellationRecord {
    address account;
    uint64 certificates;
    uint32 cancelledAt;
}

/// @title EnergyCertificate
/// @notice Immutable, and reaches nobody's balance but as {IVoidable} says.
contract EnergyCertificate is IEnergyCertificate, ERC1155 {
    using SafeCast for uint256;

    uint256 private constant WH_PER_CERTIFICATE = 1_000_000;
    uint256 private constant VINTAGES_PER_PROJECT = 10_000;
    uint256 private constant SERIALS_PER_ID = 1e20; // above 2^64
    uint256 private constant BENEFICIARY_BYTES = 128;
    uint256 private constant PURPOSE_BYTES = 256;

    ITonneRegistry private immutable REGISTRY;
    address private immutable RECOURSE;

    /// @inheritdoc IEnergyCertificate
    mapping(uint256 certificateId => CertificateTotals) public totals;
    mapping(uint256 cancellationId => CancellationRecord) private _cancellations;

    constructor(ITonneRegistry registry_, address recourse) ERC1155("") {
        REGISTRY = registry_;
        RECOURSE = recourse;
    }

    /// @inheritdoc IEnergyCertificate
    function issue(
        address to,
        uint256 certificateId,
        uint64 creditableWh
    ) external returns (uint64 certificates, uint64 firstSerial) {
        if (msg.sender != address(REGISTRY)) revert NotRegistry(msg.sender);

        CertificateTotals memory total = totals[certificateId];
        uint256 energyWh = uint256(total.remainderWh) + creditableWh;
        // Safe unchecked casts: a 64-bit number over 10^6, and a rest below 10^6.
        certificates = uint64(energyWh / WH_PER_CERTIFICATE);
        firstSerial = total.minted;
        total.minted += certificates;
        total.remainderWh = uint64(energyWh % WH_PER_CERTIFICATE);
        totals[certificateId] = total;

        if (certificates > 0) _mint(to, certificateId, certificates, "");
    }

    /// @inheritdoc IVoidable
    /// @dev Energy that made no certificate yet goes first: it is nobody's.
    function void(
        address owner,
        uint256 certificateId,
        uint64 creditableWh
    ) external returns (uint64 missing) {
        _checkRecourse();
        CertificateTotals memory total = totals[certificateId];
        uint256 carriedWh = Math.min(total.remainderWh, creditableWh);
        uint256 due = Math.ceilDiv(creditableWh - carriedWh, WH_PER_CERTIFICATE);
        // Safe unchecked cast: at most `due`, which has fewer bits than its Wh.
        uint64 fromOwner = uint64(Math.min(balanceOf(owner, certificateId), due));
        // What was rounded up is given back as energy; missing certificates are owed whole.
        uint256 excessWh = due * WH_PER_CERTIFICATE - (creditableWh - carriedWh);

        total.remainderWh = uint64(total.remainderWh - carriedWh + excessWh);
        total.voided += fromOwner;
        totals[certificateId] = total;

        emit Voided(certificateId, owner, fromOwner, total.remainderWh);
        _burn(owner, certificateId, fromOwner);
        return uint64(due - fromOwner);
    }

    /// @inheritdoc IVoidable
    function surrender(address holder, uint256 certificateId, uint64 certificates) external {
        _checkRecourse();

        CertificateTotals storage total = totals[certificateId];
        total.voided += certificates;

        emit Voided(certificateId, holder, certificates, total.remainderWh);
        _burn(holder, certificateId, certificates);
    }

    /// @inheritdoc IEnergyCertificate
    function cancel(
        uint256 certificateId,
        uint64 certificates,
        string calldata beneficiary,
        string calldata purpose
    ) external returns (uint256 cancellationId) {
        if (certificates == 0) revert CancellationEmpty(certificateId);
        Checks.textOrNone("beneficiary", beneficiary, BENEFICIARY_BYTES);
        Checks.textOrNone("purpose", purpose, PURPOSE_BYTES);

        _burn(msg.sender, certificateId, certificates);
        CertificateTotals storage total = totals[certificateId];
        uint64 firstSerial = total.cancelled;
        total.cancelled = firstSerial + certificates;
        cancellationId = certificateId * SERIALS_PER_ID + firstSerial;
        _cancellations[cancellationId] = CancellationRecord({
            account: msg.sender,
            certificates: certificates,
            cancelledAt: uint32(block.timestamp)
        });

        emit Cancelled(
            cancellationId,
            msg.sender,
            certificateId,
            certificates,
            firstSerial,
            beneficiary,
            purpose
        );
    }

    /// @inheritdoc IEnergyCertificate
    function cancellation(uint256 cancellationId) external view returns (Cancellation memory) {
        CancellationRecord storage record = _cancellations[cancellationId];
        if (record.account == address(0)) revert CancellationUnknown(cancellationId);
        return
            Cancellation({
                account: record.account,
                certificateId: cancellationId / SERIALS_PER_ID,
                certificates: record.certificates,
                firstSerial: uint64(cancellationId % SERIALS_PER_ID),
                cancelledAt: record.cancelledAt
            });
    }

    /// @inheritdoc IEnergyCertificate
    function decimals() external pure returns (uint8) {
        return 0;
    }

    /// @inheritdoc IEnergyCertificate
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    /// @inheritdoc IERC1155MetadataURI
    /// @dev Reverts with {IProjects.ProjectUnknown} when no project can have this certificate.
    function uri(
        uint256 certificateId
    ) public view override(ERC1155, IERC1155MetadataURI) returns (string memory) {
        uint256 projectId = certificateId / VINTAGES_PER_PROJECT;
        return
            CertificateMetadata.uriOf(
                projectId,
                certificateId % VINTAGES_PER_PROJECT,
                REGISTRY.project(projectId.toUint32()),
                totals[certificateId]
            );
    }

    function _checkRecourse() private view {
        if (msg.sender != RECOURSE) revert NotRecourse(msg.sender);
    }
}
