// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Methodology} from "../types/Methodology.sol";

/// @title IMethodologies
/// @notice The rules credits are computed by, and who may validate a project against them.
interface IMethodologies {
    /// @notice A methodology version was published.
    event MethodologyPublished(
        uint16 indexed methodologyId,
        string code,
        string version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil
    );

    /// @notice A validator is accredited up to and including `until`; a time in the past ends it.
    event ValidatorAccredited(address indexed validator, uint40 until);

    /// @notice No methodology version has this id.
    error MethodologyUnknown(uint16 methodologyId);

    /// @notice The crediting period does not begin within [validFrom, validUntil).
    error MethodologyNotInForce(
        uint16 methodologyId,
        uint256 creditingFrom,
        uint256 validFrom,
        uint256 validUntil
    );

    /// @notice The caller is not accredited at this time; `until` is 0 when it never was.
    error ValidatorNotAccredited(address validator, uint256 until);

    /// @notice Publishes a methodology version. Ids are 1, 2, 3 ...
    ///
    /// Requirements:
    /// - the caller is the admin;
    /// - `code` and `version` have 1 to 31 bytes;
    /// - `validFrom` < `validUntil` ({PeriodInvalid}).
    ///
    /// @param parametersHash Hash of the published parameters.
    /// @return methodologyId The new id.
    function publishMethodology(
        string calldata code,
        string calldata version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil
    ) external returns (uint16 methodologyId);

    /// @notice Accredits a validator until a time, or ends its accreditation with a time in the past.
    ///
    /// Requirements:
    /// - the caller is the admin.
    function accredit(address validator, uint40 until) external;

    /// @notice A published methodology version; reverts with {MethodologyUnknown}.
    function methodology(uint16 methodologyId) external view returns (Methodology memory);

    /// @notice Last second in which `validator` is accredited, Unix seconds; 0 when it never was.
    function accreditedUntil(address validator) external view returns (uint40);
}
