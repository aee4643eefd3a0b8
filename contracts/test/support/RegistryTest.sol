// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Dedication} from "../../types/Dedication.sol";
import {Deployer} from "./Deployer.sol";
import {ICarbonCredit} from "../../interfaces/ICarbonCredit.sol";
import {IEnergyCertificate} from "../../interfaces/IEnergyCertificate.sol";
import {IRecourse} from "../../interfaces/IRecourse.sol";
import {ITonneRegistry} from "../../interfaces/ITonneRegistry.sol";
import {ITonneVerification} from "../../interfaces/ITonneVerification.sol";
import {Meter} from "./Meter.sol";
import {Plant} from "../../types/Project.sol";
import {Requirements} from "../../types/Methodology.sol";
import {Submission} from "../../types/Batch.sol";
import {vm} from "./Vm.sol";

/// @title RegistryTest
/// @notice The compiled contracts with one methodology and one validator, at noon of 1 June 2026.
abstract contract RegistryTest is Deployer {
    uint40 internal constant NOON = 1_780_315_200;
    uint32 internal constant FACTOR_UG_PER_WH = 352_000;

    address internal constant ADMIN = address(0xAD);
    address internal constant OWNER = address(0x0A);
    address internal constant SUBMITTER = address(0x5B);
    address internal constant VALIDATOR = address(0xA1);

    ITonneRegistry internal registry;
    ICarbonCredit internal credit;
    IEnergyCertificate internal energyCertificate;
    ITonneVerification internal verification;
    IRecourse internal recourse;

    /// @dev Between an announcement and its effect. None, unless a test says otherwise.
    function noticeS() internal pure virtual returns (uint40) {
        return 0;
    }

    /// @dev What batches need before they count. Nothing, unless a test says otherwise.
    function requirements() internal pure virtual returns (Requirements memory) {}

    /// @dev From the artifacts, so that what is tested is the very code that is deployed.
    function deployRegistry() internal {
        vm.warp(NOON);
        uint64 nonce = vm.getNonce(address(this));
        registry = ITonneRegistry(_at(nonce));
        credit = ICarbonCredit(_at(nonce + 1));
        energyCertificate = IEnergyCertificate(_at(nonce + 2));
        verification = ITonneVerification(_at(nonce + 3));
        recourse = IRecourse(_at(nonce + 4));
        _deploy(
            "TonneRegistry",
            abi.encode(ADMIN, noticeS(), verification, credit, energyCertificate, recourse)
        );
        _deploy("CarbonCredit", abi.encode(registry, recourse));
        _deploy("EnergyCertificate", abi.encode(registry, recourse));
        _deploy("TonneVerification", abi.encode(registry));
        _deploy("TonneRecourse", abi.encode(registry, verification, credit, energyCertificate));

        vm.prank(ADMIN);
        registry.publishMethodology(
            "GCCM001",
            "v4",
            bytes32(0),
            0,
            type(uint40).max,
            requirements()
        );
        vm.prank(ADMIN);
        registry.accredit(VALIDATOR, type(uint40).max);
        vm.warp(NOON + noticeS());
    }

    /// @dev A validated plant of OWNER that is credited at all times.
    function createPlant(uint32 capacityW) internal returns (uint32 projectId) {
        return createPlantOf(OWNER, capacityW);
    }

    function createPlantOf(address owner, uint32 capacityW) internal returns (uint32 projectId) {
        vm.prank(owner);
        projectId = registry.registerProject(
            Plant({
                name: "Plant",
                country: "US",
                latitudeE6: 0,
                longitudeE6: 0,
                utcOffsetMinutes: 0,
                capacityW: capacityW,
                methodologyId: 1,
                creditingFrom: 0,
                creditingUntil: type(uint40).max
            })
        );
        vm.prank(VALIDATOR);
        registry.validateProject(projectId, FACTOR_UG_PER_WH, SUBMITTER);
    }

    /// @dev A device of OWNER at a state, bound to a project.
    function createDevice(
        uint256 key,
        uint32 projectId,
        uint32 capacityW,
        uint64 claimedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal {
        bytes32 deviceId = claimFor(OWNER, key, claimedAt, exportWh, importWh);
        vm.prank(OWNER);
        registry.bindDevice(deviceId, projectId, capacityW);
    }

    /// @dev A device of `owner` at a state, of no project.
    function claimFor(
        address owner,
        uint256 key,
        uint64 claimedAt,
        uint64 exportWh,
        uint64 importWh
    ) internal returns (bytes32 deviceId) {
        bytes memory claim = Meter.claimOf(
            key,
            registry.domain(),
            owner,
            claimedAt,
            exportWh,
            importWh
        );
        bytes memory publicKey = Meter.publicKeyOf(key);
        bytes memory signature = Meter.sign(key, claim);
        // A call of the precompile would use up the prank.
        deviceId = sha256(publicKey);
        vm.prank(owner);
        registry.claimDevice(claim, publicKey, signature);
    }

    /// @dev Where this contract's creation with a nonce puts a contract: RLP of both, for nonces that
    /// fit one byte.
    function _at(uint64 nonce) private view returns (address) {
        assertTrue(nonce > 0 && nonce < 0x80, "nonce");
        bytes memory list = abi.encodePacked(bytes2(0xd694), address(this), bytes1(uint8(nonce)));
        return address(uint160(uint256(keccak256(list))));
    }

    function submissionOf(
        uint32 projectId,
        uint64 deductedWh,
        uint40 periodStart,
        uint40 periodEnd
    ) internal pure returns (Submission memory) {
        return
            Submission({
                projectId: projectId,
                deductedWh: deductedWh,
                periodStart: periodStart,
                periodEnd: periodEnd,
                root: keccak256("root"),
                fileDigest: keccak256("file")
            });
    }

    function dedicationOf(address account) internal pure returns (Dedication memory) {
        return
            Dedication({
                account: account,
                commitment: 0,
                beneficiary: "somebody",
                purpose: "something",
                periodFrom: 0,
                periodUntil: 0
            });
    }
}
