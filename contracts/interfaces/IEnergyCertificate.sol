// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";

import {IVoidable} from "./IVoidable.sol";

/// @notice Certificates taken out of circulation for good.
/// @param account Whose energy use they cover.
/// @param certificateId Which certificate.
/// @param certificates How many, 1 MWh each.
/// @param firstSerial First of as many consecutive serials among the cancelled ones of this id.
/// @param cancelledAt Unix seconds.
struct Cancellation {
    address account;
    uint256 certificateId;
    uint64 certificates;
    uint64 firstSerial;
    uint32 cancelledAt;
}

/// @title IEnergyCertificate
/// @notice Energy certificates in the manner of I-REC(E): one id per project and production year, one
/// unit per MWh. A project's interval is claimed as these or as carbon credits, never as both.
/// @dev certificateId = projectId x 10,000 + vintage year. Serials count as in {ICarbonCredit}.
interface IEnergyCertificate is IVoidable, IERC1155MetadataURI {
    /// @notice Certificates were cancelled, I-REC's word for what ends the life of one. Nothing personal
    /// belongs into the texts: they are public for good.
    event Cancelled(
        uint256 indexed cancellationId,
        address indexed account,
        uint256 indexed certificateId,
        uint64 certificates,
        uint64 firstSerial,
        string beneficiary,
        string purpose
    );

    /// @notice Certificates were taken out of circulation because a batch was wrong.
    /// @param remainderWh Energy of this id that makes no certificate now, Wh.
    event Voided(
        uint256 indexed certificateId,
        address indexed holder,
        uint64 certificates,
        uint64 remainderWh
    );

    /// @notice Only the registry issues.
    error NotRegistry(address caller);

    /// @notice Zero certificates can't be cancelled.
    error CancellationEmpty(uint256 certificateId);

    /// @notice No cancellation has this id.
    error CancellationUnknown(uint256 cancellationId);

    /// @notice Issues as many certificates as the energy makes whole ones, with what was carried of the
    /// same id. The rest is carried.
    ///
    /// Requirements: the caller is the registry.
    ///
    /// @return certificates How many were issued.
    /// @return firstSerial First of as many consecutive serials among the minted ones of this id.
    function issue(
        address to,
        uint256 certificateId,
        uint64 creditableWh
    ) external returns (uint64 certificates, uint64 firstSerial);

    /// @notice Takes the caller's certificates out of circulation for good and keeps a record of it.
    ///
    /// Requirements:
    /// - `certificates` > 0 and the caller holds them;
    /// - `beneficiary` has at most 128 bytes, `purpose` at most 256.
    ///
    /// @return cancellationId certificateId x 10^20 + first cancelled serial.
    function cancel(
        uint256 certificateId,
        uint64 certificates,
        string calldata beneficiary,
        string calldata purpose
    ) external returns (uint256 cancellationId);

    /// @notice All certificates of an id ever minted, ever cancelled and ever voided, and the Wh that
    /// are carried. minted - cancelled - voided is held.
    function totals(
        uint256 certificateId
    ) external view returns (uint64 minted, uint64 cancelled, uint64 voided, uint64 remainderWh);

    /// @notice A cancellation; reverts with {CancellationUnknown}.
    function cancellation(uint256 cancellationId) external view returns (Cancellation memory);

    /// @notice 0: certificates are whole MWh.
    function decimals() external pure returns (uint8);

    /// @notice The registry that issues.
    function registry() external view returns (address);
}
