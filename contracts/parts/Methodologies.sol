// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BatchTermsCodec} from "../types/BatchTerms.sol";
import {Checks} from "../libraries/Checks.sol";
import {IMethodologies} from "../interfaces/IMethodologies.sol";
import {Methodology, Requirements} from "../types/Methodology.sol";
import {Roles} from "./Roles.sol";

/// @title Methodologies
abstract contract Methodologies is IMethodologies, Roles {
    uint256 private constant TEXT_BYTES = 31;
    uint256 private constant MAX_BUFFER_BPS = 5_000;

    uint16 private _methodologyCount;
    mapping(uint16 methodologyId => Methodology) private _methodologies;

    /// @inheritdoc IMethodologies
    function publishMethodology(
        string calldata code,
        string calldata version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil,
        Requirements calldata requirements
    ) external onlyOwner returns (uint16 methodologyId) {
        Checks.text("code", code, TEXT_BYTES);
        Checks.text("version", version, TEXT_BYTES);
        Checks.period(validFrom, validUntil);
        Checks.below("approvals", requirements.approvals, BatchTermsCodec.MAX_APPROVALS);
        Checks.below("bufferBps", requirements.bufferBps, MAX_BUFFER_BPS);

        methodologyId = ++_methodologyCount;
        _methodologies[methodologyId] = Methodology({
            parametersHash: parametersHash,
            validFrom: validFrom,
            validUntil: validUntil,
            requirements: requirements,
            code: code,
            version: version
        });

        emit MethodologyPublished(
            methodologyId,
            code,
            version,
            parametersHash,
            validFrom,
            validUntil,
            requirements
        );
    }

    /// @inheritdoc IMethodologies
    function methodology(uint16 methodologyId) external view returns (Methodology memory) {
        return _getMethodology(methodologyId);
    }

    /// @dev What the version demands. Reverts unless a crediting period may begin under it at
    /// `creditingFrom`.
    function _requirementsInForce(
        uint16 methodologyId,
        uint40 creditingFrom
    ) internal view returns (Requirements memory) {
        Methodology storage found = _getMethodology(methodologyId);
        (uint40 validFrom, uint40 validUntil) = (found.validFrom, found.validUntil);
        if (creditingFrom < validFrom || creditingFrom >= validUntil) {
            revert MethodologyNotInForce(methodologyId, creditingFrom, validFrom, validUntil);
        }
        return found.requirements;
    }

    function _getMethodology(
        uint16 methodologyId
    ) private view returns (Methodology storage found) {
        found = _methodologies[methodologyId];
        if (found.validUntil == 0) revert MethodologyUnknown(methodologyId);
    }
}
