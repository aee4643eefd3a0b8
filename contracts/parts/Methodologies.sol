// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {Checks} from "../libraries/Checks.sol";
import {IMethodologies} from "../interfaces/IMethodologies.sol";
import {Methodology} from "../types/Methodology.sol";

/// @title Methodologies
/// @dev The admin (owner) publishes and accredits. It has no power over projects, devices or credits.
abstract contract Methodologies is IMethodologies, Ownable2Step {
    uint256 private constant TEXT_BYTES = 31;

    uint16 private _methodologyCount;
    mapping(uint16 methodologyId => Methodology) private _methodologies;

    /// @inheritdoc IMethodologies
    mapping(address validator => uint40) public accreditedUntil;

    /// @inheritdoc IMethodologies
    function publishMethodology(
        string calldata code,
        string calldata version,
        bytes32 parametersHash,
        uint40 validFrom,
        uint40 validUntil
    ) external onlyOwner returns (uint16 methodologyId) {
        Checks.text("code", code, TEXT_BYTES);
        Checks.text("version", version, TEXT_BYTES);
        Checks.period(validFrom, validUntil);

        methodologyId = ++_methodologyCount;
        _methodologies[methodologyId] = Methodology({
            parametersHash: parametersHash,
            validFrom: validFrom,
            validUntil: validUntil,
            code: code,
            version: version
        });

        emit MethodologyPublished(
            methodologyId,
            code,
            version,
            parametersHash,
            validFrom,
            validUntil
        );
    }

    /// @inheritdoc IMethodologies
    function accredit(address validator, uint40 until) external onlyOwner {
        accreditedUntil[validator] = until;

        emit ValidatorAccredited(validator, until);
    }

    /// @inheritdoc IMethodologies
    function methodology(uint16 methodologyId) external view returns (Methodology memory) {
        return _getMethodology(methodologyId);
    }

    /// @dev Reverts unless a crediting period may begin at `creditingFrom` under this version.
    function _checkInForce(uint16 methodologyId, uint40 creditingFrom) internal view {
        Methodology storage found = _getMethodology(methodologyId);
        (uint40 validFrom, uint40 validUntil) = (found.validFrom, found.validUntil);
        if (creditingFrom < validFrom || creditingFrom >= validUntil) {
            revert MethodologyNotInForce(methodologyId, creditingFrom, validFrom, validUntil);
        }
    }

    /// @dev Reverts unless the caller is accredited now.
    function _checkAccredited() internal view {
        uint40 until = accreditedUntil[msg.sender];
        if (block.timestamp > until) revert ValidatorNotAccredited(msg.sender, until);
    }

    function _getMethodology(
        uint16 methodologyId
    ) private view returns (Methodology storage found) {
        found = _methodologies[methodologyId];
        if (found.validUntil == 0) revert MethodologyUnknown(methodologyId);
    }
}
