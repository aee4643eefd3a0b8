// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {Batches} from "./parts/Batches.sol";
import {ICarbonCredit} from "./interfaces/ICarbonCredit.sol";
import {IEnergyCertificate} from "./interfaces/IEnergyCertificate.sol";
import {IRecourse} from "./interfaces/IRecourse.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";
import {Roles} from "./parts/Roles.sol";

/// @notice The contracts that the registry works with, known before they are deployed.
struct Counterparts {
    address verification;
    ICarbonCredit credit;
    IEnergyCertificate energyCertificate;
    IRecourse recourse;
}

/// @title TonneRegistry
/// @notice Turns what meters signed into credits. Immutable: no proxy, no upgrade; a pause stops
/// submissions only.
contract TonneRegistry is ITonneRegistry, Batches {
    ICarbonCredit private immutable CREDIT;
    IEnergyCertificate private immutable ENERGY_CERTIFICATE;
    IRecourse private immutable RECOURSE;

    /// @param admin Publishes methodologies, accredits validators and pauses, and can do nothing else.
    /// @param notice_ Seconds before an accreditation begins.
    constructor(
        address admin,
        uint40 notice_,
        Counterparts memory parts
    ) Ownable(admin) Roles(notice_, parts.verification) {
        CREDIT = parts.credit;
        ENERGY_CERTIFICATE = parts.energyCertificate;
        RECOURSE = parts.recourse;
    }

    /// @inheritdoc ITonneRegistry
    function credit() external view returns (address) {
        return address(CREDIT);
    }

    /// @inheritdoc ITonneRegistry
    function energyCertificate() external view returns (address) {
        return address(ENERGY_CERTIFICATE);
    }

    /// @inheritdoc ITonneRegistry
    function recourse() external view returns (address) {
        return address(RECOURSE);
    }

    function _credits() internal view override returns (ICarbonCredit) {
        return CREDIT;
    }

    function _certificates() internal view override returns (IEnergyCertificate) {
        return ENERGY_CERTIFICATE;
    }

    function _recourse() internal view override returns (IRecourse) {
        return RECOURSE;
    }
}
