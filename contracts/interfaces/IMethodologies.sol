// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Methodology, Requirements} from "../types/Methodology.sol";

/// @title IMethodologies
/// @notice The rules credits are computed by, and what they demand before a batch counts.
interface IMethodologies {
    /// @notice A methodology version was published.
    event MethodologyPublished(
        uint16 indexed methodologyId,
        string code,
        string version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil,
        Requirements requirements
    );

    /// @notice No methodology version has this id.
    error MethodologyUnknown(uint16 methodologyId);

    /// @notice The crediting period does not begin within [validFrom, validUntil).
    error MethodologyNotInForce(
        uint16 methodologyId,
        uint256 creditingFrom,
        uint256 validFrom,
        uint256 validUntil
    );

    /// @notice Publishes a methodology version. Ids are 1, 2, 3 ...
    ///
    /// Requirements:
    /// - the caller is the admin;
    /// - `code` and `version` have 1 to 31 bytes;
    /// - `validFrom` < `validUntil` ({PeriodInvalid});
    /// - at most 7 approvals and a buffer of at most 5,000 in 10,000 ({ValueOutOfRange}).
    ///
    /// @param parametersHash Hash of the published parameters.
    /// @return methodologyId The new id.
    function publishMethodology(
        string calldata code,
        string calldata version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil,
        Requirements calldata requirements
    ) external returns (uint16 methodologyId);

    /// @notice A published methodology version; reverts with {MethodologyUnknown}.
    function methodology(uint16 methodologyId) external view returns (Methodology memory);
}
