// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Accreditation, Role} from "../types/Role.sol";

/// @title IRoles
/// @notice Who may judge, who may not because it earns, and how the admin stops submissions.
interface IRoles {
    /// @notice A wallet has a role, for good.
    event RoleGiven(address indexed wallet, Role role);

    /// @notice A validator is accredited from `from` up to and including `until`; a time in the past
    /// ends it.
    event ValidatorAccredited(address indexed validator, uint40 from, uint40 until);

    /// @notice Submissions and sales are stopped before `until`; a time in the past ends it.
    event Paused(uint40 until);

    /// @notice The wallet has another role already: nobody judges what it may earn by.
    error RoleTaken(address wallet, Role has, Role asked);

    /// @notice The caller is not accredited at this time; both times are 0 when it never was.
    error ValidatorNotAccredited(address validator, uint256 from, uint256 until);

    /// @notice Only the contract that counts opinions may call this.
    error NotVerification(address caller);

    /// @notice Nothing is taken before `until`.
    error SubmissionsPaused(uint256 until);

    /// @notice No pause lasts longer than to `latest`.
    error PauseTooLong(uint256 until, uint256 latest);

    /// @notice Accredits a validator until a time, or ends its accreditation with a time in the past.
    ///
    /// Notes:
    /// - it holds after the notice; a prolongation and an end hold at once.
    ///
    /// Requirements:
    /// - the caller is the admin;
    /// - the wallet has no other role ({RoleTaken}).
    function accredit(address validator, uint40 until) external;

    /// @notice Gives a wallet a role that the verification contract accredits.
    ///
    /// Requirements:
    /// - the caller is the verification contract;
    /// - the wallet has no other role ({RoleTaken}).
    function takeRole(address wallet, Role role) external;

    /// @notice Stops submissions and sales for at most 14 days, or goes on with a time in the past.
    /// Minting, transfers, retirement and withdrawal go on.
    ///
    /// Requirements:
    /// - the caller is the admin.
    function pause(uint40 until) external;

    /// @notice Seconds between the announcement of an accreditation and its beginning.
    function notice() external view returns (uint40);

    /// @notice The contract that counts verifiers' opinions.
    function verification() external view returns (address);

    /// @notice First second in which submissions and sales go on, Unix seconds.
    function pausedUntil() external view returns (uint40);

    /// @notice What the wallet is to this registry.
    function roleOf(address wallet) external view returns (Role);

    /// @notice When a validator may validate; both times are 0 when it never was accredited.
    function accreditation(address validator) external view returns (Accreditation memory);
}
