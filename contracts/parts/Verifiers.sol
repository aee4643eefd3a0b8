// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {Accreditation, Role} from "../types/Role.sol";
import {Accreditations} from "../libraries/Accreditations.sol";
import {ITonneRegistry} from "../interfaces/ITonneRegistry.sol";
import {IVerifiers, Verifier} from "../interfaces/IVerifiers.sol";
import {ValueOutOfRange} from "../types/Errors.sol";

/// @title Verifiers
abstract contract Verifiers is IVerifiers {
    using Accreditations for Accreditation;

    ITonneRegistry internal immutable REGISTRY;

    uint16 private _verifierCount;
    mapping(address verifier => Verifier) private _verifiers;

    constructor(ITonneRegistry registry_) {
        REGISTRY = registry_;
    }

    /// @inheritdoc IVerifiers
    function accredit(address verifier, Role role, uint40 until) external {
        address admin = Ownable(address(REGISTRY)).owner();
        if (msg.sender != admin) revert NotAdmin(msg.sender, admin);
        if (role != Role.Verifier && role != Role.Recomputer) {
            revert ValueOutOfRange("role", int256(uint256(role)));
        }
        REGISTRY.takeRole(verifier, role);

        Verifier storage found = _verifiers[verifier];
        Accreditation memory renewed = _accreditationOf(found).renewed(until, REGISTRY.notice());
        (found.from, found.until) = (renewed.from, until);
        // Numbers have 16 bits: the 65,536th verifier reverts with a panic.
        if (found.number == 0 && role == Role.Verifier) found.number = ++_verifierCount;

        emit VerifierAccredited(verifier, role, renewed.from, until);
    }

    /// @inheritdoc IVerifiers
    function verifierOf(address verifier) external view returns (Verifier memory) {
        return _verifiers[verifier];
    }

    /// @inheritdoc IVerifiers
    function numberOf(address verifier) external view returns (uint16) {
        return _accreditedNumber(verifier);
    }

    /// @dev Reverts unless the verifier is accredited now; 0 for a recomputer.
    function _checkAccredited(address verifier) internal view returns (uint16 number) {
        Verifier memory found = _verifiers[verifier];
        if (!_accreditationOf(found).isValid()) {
            revert VerifierNotAccredited(verifier, found.from, found.until);
        }
        return found.number;
    }

    /// @dev Reverts unless the wallet is a verifier, and no recomputer, that is accredited now.
    function _accreditedNumber(address verifier) internal view returns (uint16 number) {
        number = _checkAccredited(verifier);
        if (number == 0) revert VerifierNotAccredited(verifier, 0, 0);
    }

    function _accreditationOf(Verifier memory found) private pure returns (Accreditation memory) {
        return Accreditation({from: found.from, until: found.until});
    }
}
