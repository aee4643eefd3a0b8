// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ClaimKind} from "../types/Batch.sol";
import {Plant, Project} from "../types/Project.sol";

/// @title IProjects
/// @notice Plants, registered by their owners and validated by independent third parties.
interface IProjects {
    /// @notice A plant was registered.
    event ProjectRegistered(uint32 indexed projectId, address indexed owner, Plant plant);

    /// @notice A project was validated, or got another submitter with its factor unchanged.
    event ProjectValidated(
        uint32 indexed projectId,
        address indexed validator,
        uint32 factorUgPerWh,
        address submitter
    );

    /// @notice Batches of the project that are submitted from now on are claimed as `kind`.
    event ClaimChosen(uint32 indexed projectId, ClaimKind kind);

    /// @notice A debt or a void that was announced keeps the project from minting, or no more.
    event ProjectBlocked(uint32 indexed projectId, bool blocked);

    /// @notice No project has this id.
    error ProjectUnknown(uint32 projectId);

    /// @notice The caller does not own the project; `owner` is 0 when there is no such project.
    error NotProjectOwner(uint32 projectId, address caller, address owner);

    /// @notice The emission factor was fixed when the project was first validated.
    error FactorFixed(uint32 projectId, uint32 factorUgPerWh, uint32 asked);

    /// @notice Registers a plant for the caller. Ids are 1, 2, 3 ...
    ///
    /// Requirements:
    /// - `name` has 1 to 64 bytes, `country` two capital letters;
    /// - latitude, longitude and UTC offset exist on Earth, `capacityW` > 0 ({ValueOutOfRange});
    /// - `creditingFrom` < `creditingUntil` ({PeriodInvalid});
    /// - the methodology version is in force at `creditingFrom`;
    /// - the caller judges nothing here ({RoleTaken}), and nor does who pays for the transaction.
    ///
    /// @return projectId The new id.
    function registerProject(Plant calldata plant) external returns (uint32 projectId);

    /// @notice States that a project is real and may be credited.
    ///
    /// Notes:
    /// - the factor is fixed for good by the first validation; a later one, with the same factor,
    ///   names another submitter, so that a lost submitter key doesn't end the project.
    ///
    /// Requirements:
    /// - the caller is accredited;
    /// - `submitter` is not 0 and judges nothing here ({RoleTaken}). A factor of 0 is a value: such a project earns nothing.
    ///
    /// @param factorUgPerWh Emission factor, micrograms CO2e per Wh (1 tCO2e/MWh = 1,000,000).
    /// @param submitter Wallet of the oracle that submits batches.
    function validateProject(uint32 projectId, uint32 factorUgPerWh, address submitter) external;

    /// @notice Chooses what later batches are claimed as. What was submitted stays as it is.
    ///
    /// Requirements:
    /// - the caller owns the project.
    function chooseClaim(uint32 projectId, ClaimKind kind) external;

    /// @notice The wallet that owns a project; 0 when there is no such project. Cheaper than {project}.
    function projectOwner(uint32 projectId) external view returns (address);

    /// @notice A project as it stands; reverts with {ProjectUnknown}.
    function project(uint32 projectId) external view returns (Project memory);
}
