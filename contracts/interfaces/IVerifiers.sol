// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Role} from "../types/Role.sol";

/// @notice A verifier or recomputer.
/// @param from First second in which it may judge, Unix seconds.
/// @param until Last one; 0 when it never was accredited.
/// @param number Of a verifier, from 1; 0 for a recomputer.
struct Verifier {
    uint40 from;
    uint40 until;
    uint16 number;
}

/// @title IVerifiers
/// @notice Who may verify batches, alone or as a machine that recomputes them.
interface IVerifiers {
    /// @notice A verifier or recomputer is accredited from `from` up to and including `until`; a time in
    /// the past ends it.
    event VerifierAccredited(address indexed verifier, Role role, uint40 from, uint40 until);

    /// @notice The verifier is not accredited at this time, whenever it signed; both times are 0 when it
    /// never was.
    error VerifierNotAccredited(address verifier, uint256 from, uint256 until);

    /// @notice The wallet has another role already; {IRoles} says so.
    error RoleTaken(address wallet, Role has, Role asked);

    /// @notice Only the admin of the registry accredits.
    error NotAdmin(address caller, address admin);

    /// @notice Accredits a verifier or a recomputer until a time, or ends its accreditation with a time
    /// in the past.
    ///
    /// Notes:
    /// - it holds after the registry's notice; a prolongation and an end hold at once.
    ///
    /// Requirements:
    /// - the caller is the registry's admin;
    /// - `role` is Verifier or Recomputer ({ValueOutOfRange});
    /// - the wallet has no other role: it never owned plants or devices, submitted or validated.
    function accredit(address verifier, Role role, uint40 until) external;

    /// @notice When a wallet may judge; all is 0 when it never was accredited.
    function verifierOf(address verifier) external view returns (Verifier memory);

    /// @notice The number of a verifier that is accredited now; reverts with {VerifierNotAccredited}.
    function numberOf(address verifier) external view returns (uint16);
}
