// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BatchTerms, BatchTermsCodec} from "../types/BatchTerms.sol";
import {ClaimKind} from "../types/Batch.sol";
import {Checks} from "../libraries/Checks.sol";
import {IProjects} from "../interfaces/IProjects.sol";
import {Methodologies} from "./Methodologies.sol";
import {Plant, Project} from "../types/Project.sol";
import {Requirements} from "../types/Methodology.sol";
import {Role} from "../types/Role.sol";
import {ValueOutOfRange} from "../types/Errors.sol";

/// @dev A project in five slots (and more where the name has over 31 bytes), grouped by who needs
/// them: `submit` reads the first and rewrites the second; `mint` reads the third.
struct ProjectState {
    // slot 0
    address submitter;
    uint32 factorUgPerWh;
    int16 utcOffsetMinutes;
    uint40 creditingFrom;
    // slot 1
    uint64 deficitWh;
    uint32 remainderUg;
    uint32 batchCount;
    uint40 creditingUntil;
    uint32 capacityW;
    uint16 methodologyId;
    bytes2 country;
    BatchTerms terms;
    // slot 2
    address owner;
    uint32 boundCapacityW;
    uint40 replacementsFrom;
    uint16 bufferBps;
    bool blocked;
    // slot 3
    address validator;
    int32 latitudeE6;
    int32 longitudeE6;
    // slot 4
    string name;
}

/// @title Projects
abstract contract Projects is IProjects, Methodologies {
    uint256 private constant NAME_BYTES = 64;
    int256 private constant MAX_LATITUDE_E6 = 90e6;
    int256 private constant MAX_LONGITUDE_E6 = 180e6;
    // Baker Island and the Line Islands, the extremes in use.
    int256 private constant MIN_UTC_OFFSET_MINUTES = -12 * 60;
    int256 private constant MAX_UTC_OFFSET_MINUTES = 14 * 60;

    uint32 private _projectCount;
    mapping(uint32 projectId => ProjectState) internal _projects;

    /// @inheritdoc IProjects
    function registerProject(Plant calldata plant) external returns (uint32 projectId) {
        _checkPlant(plant);
        Requirements memory required = _requirementsInForce(
            plant.methodologyId,
            plant.creditingFrom
        );
        _join();

        projectId = ++_projectCount;
        ProjectState storage state = _projects[projectId];
        state.owner = msg.sender;
        state.name = plant.name;
        state.country = plant.country;
        state.latitudeE6 = plant.latitudeE6;
        state.longitudeE6 = plant.longitudeE6;
        state.utcOffsetMinutes = plant.utcOffsetMinutes;
        state.capacityW = plant.capacityW;
        state.methodologyId = plant.methodologyId;
        state.creditingFrom = plant.creditingFrom;
        state.creditingUntil = plant.creditingUntil;
        state.terms = BatchTermsCodec.termsOf(required.approvals, required.recomputation);
        state.bufferBps = required.bufferBps;

        emit ProjectRegistered(projectId, msg.sender, plant);
    }

    /// @inheritdoc IProjects
    function validateProject(uint32 projectId, uint32 factorUgPerWh, address submitter) external {
        ProjectState storage state = _getProject(projectId);
        _checkAccredited();
        if (submitter == address(0)) revert ValueOutOfRange("submitter", 0);
        uint32 fixedFactor = state.factorUgPerWh;
        // The submitter tells that the factor is fixed: a factor of zero is a value (a clean grid).
        if (state.submitter != address(0) && fixedFactor != factorUgPerWh) {
            revert FactorFixed(projectId, fixedFactor, factorUgPerWh);
        }
        _take(submitter, Role.Party);

        state.factorUgPerWh = factorUgPerWh;
        state.submitter = submitter;
        state.validator = msg.sender;

        emit ProjectValidated(projectId, msg.sender, factorUgPerWh, submitter);
    }

    /// @inheritdoc IProjects
    function chooseClaim(uint32 projectId, ClaimKind kind) external {
        _checkProjectOwner(projectId);

        ProjectState storage state = _projects[projectId];
        state.terms = state.terms.claiming(kind);

        emit ClaimChosen(projectId, kind);
    }

    /// @inheritdoc IProjects
    function project(uint32 projectId) external view returns (Project memory) {
        ProjectState storage state = _getProject(projectId);
        BatchTerms terms = state.terms;
        return
            Project({
                owner: state.owner,
                submitter: state.submitter,
                validator: state.validator,
                factorUgPerWh: state.factorUgPerWh,
                batchCount: state.batchCount,
                boundCapacityW: state.boundCapacityW,
                replacementsFrom: state.replacementsFrom,
                deficitWh: state.deficitWh,
                remainderUg: state.remainderUg,
                approvals: terms.approvals(),
                recomputation: terms.recomputation(),
                bufferBps: state.bufferBps,
                kind: terms.kind(),
                blocked: state.blocked,
                plant: _plantOf(state)
            });
    }

    /// @inheritdoc IProjects
    function projectOwner(uint32 projectId) external view returns (address) {
        return _projects[projectId].owner;
    }

    /// @dev Reverts unless the caller owns the project.
    function _checkProjectOwner(uint32 projectId) internal view {
        address owner = _projects[projectId].owner;
        if (msg.sender != owner) revert NotProjectOwner(projectId, msg.sender, owner);
    }

    function _getProject(uint32 projectId) private view returns (ProjectState storage state) {
        state = _projects[projectId];
        if (state.owner == address(0)) revert ProjectUnknown(projectId);
    }

    function _plantOf(ProjectState storage state) private view returns (Plant memory) {
        return
            Plant({
                name: state.name,
                country: state.country,
                latitudeE6: state.latitudeE6,
                longitudeE6: state.longitudeE6,
                utcOffsetMinutes: state.utcOffsetMinutes,
                capacityW: state.capacityW,
                methodologyId: state.methodologyId,
                creditingFrom: state.creditingFrom,
                creditingUntil: state.creditingUntil
            });
    }

    function _checkPlant(Plant calldata plant) private pure {
        Checks.text("name", plant.name, NAME_BYTES);
        _checkCountry(plant.country);
        Checks.within("latitudeE6", plant.latitudeE6, -MAX_LATITUDE_E6, MAX_LATITUDE_E6);
        Checks.within("longitudeE6", plant.longitudeE6, -MAX_LONGITUDE_E6, MAX_LONGITUDE_E6);
        Checks.within(
            "utcOffsetMinutes",
            plant.utcOffsetMinutes,
            MIN_UTC_OFFSET_MINUTES,
            MAX_UTC_OFFSET_MINUTES
        );
        Checks.positive("capacityW", plant.capacityW);
        Checks.period(plant.creditingFrom, plant.creditingUntil);
    }

    function _checkCountry(bytes2 country) private pure {
        for (uint256 i = 0; i < 2; ++i) {
            if (country[i] < "A" || country[i] > "Z") {
                revert ValueOutOfRange("country", int256(uint256(uint16(country))));
            }
        }
    }
}
