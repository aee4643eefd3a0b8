// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Accreditation, Role} from "../types/Role.sol";
import {Accreditations} from "../libraries/Accreditations.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

/// @title Roles
/// @dev The admin (owner) accredits and pauses. It has no power over projects, devices or credits.
abstract contract Roles is IRoles, Ownable2Step {
    using Accreditations for Accreditation;

    /// @dev Long enough to repair what made it necessary, too short to hold anything hostage.
    uint40 private constant LONGEST_PAUSE = 14 days;

    /// @inheritdoc IRoles
    uint40 public immutable notice; // solhint-disable-line immutable-vars-naming

    /// @inheritdoc IRoles
    address public immutable verification; // solhint-disable-line immutable-vars-naming

    /// @inheritdoc IRoles
    uint40 public pausedUntil;

    /// @inheritdoc IRoles
    mapping(address wallet => Role) public roleOf;

    mapping(address validator => Accreditation) private _accreditations;

    constructor(uint40 notice_, address verification_) {
        notice = notice_;
        verification = verification_;
    }

    /// @inheritdoc IRoles
    function accredit(address validator, uint40 until) external onlyOwner {
        _take(validator, Role.Validator);

        Accreditation memory renewed = _accreditations[validator].renewed(until, notice);
        _accreditations[validator] = renewed;

        emit ValidatorAccredited(validator, renewed.from, until);
    }

    /// @inheritdoc IRoles
    function takeRole(address wallet, Role role) external {
        if (msg.sender != verification) revert NotVerification(msg.sender);
        _take(wallet, role);
    }

    /// @inheritdoc IRoles
    function pause(uint40 until) external onlyOwner {
        uint256 latest = block.timestamp + LONGEST_PAUSE;
        if (until > latest) revert PauseTooLong(until, latest);

        pausedUntil = until;

        emit Paused(until);
    }

    /// @inheritdoc IRoles
    function accreditation(address validator) external view returns (Accreditation memory) {
        return _accreditations[validator];
    }

    /// @dev The caller, and whoever pays for its transaction, are parties to a project from now on.
    function _join() internal {
        _take(msg.sender, Role.Party);
        // Who pays for a smart wallet's transaction pays for the project.
        // solhint-disable-next-line avoid-tx-origin
        if (tx.origin != msg.sender) _take(tx.origin, Role.Party);
    }

    /// @dev Reverts when the wallet is something else already.
    function _take(address wallet, Role role) internal {
        Role taken = roleOf[wallet];
        if (taken == role) return;
        if (taken != Role.None) revert RoleTaken(wallet, taken, role);

        roleOf[wallet] = role;

        emit RoleGiven(wallet, role);
    }

    /// @dev Reverts unless the caller is accredited now.
    function _checkAccredited() internal view {
        Accreditation memory found = _accreditations[msg.sender];
        if (!found.isValid()) revert ValidatorNotAccredited(msg.sender, found.from, found.until);
    }

    function _checkNotPaused() internal view {
        uint40 until = pausedUntil;
        if (block.timestamp < until) revert SubmissionsPaused(until);
    }
}
