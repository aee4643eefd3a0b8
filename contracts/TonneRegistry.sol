// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {Batches} from "./parts/Batches.sol";
import {CarbonCredit} from "./CarbonCredit.sol";
import {ICarbonCredit} from "./interfaces/ICarbonCredit.sol";
import {ITonneRegistry} from "./interfaces/ITonneRegistry.sol";

/// @title TonneRegistry
/// @notice Turns what meters signed into credits. Immutable: no proxy, no pause, no upgrade.
contract TonneRegistry is ITonneRegistry, Batches {
    CarbonCredit private immutable CREDIT = new CarbonCredit(this);

    /// @param admin Publishes methodologies and accredits validators, and can do nothing else.
    constructor(address admin) Ownable(admin) {}

    /// @inheritdoc ITonneRegistry
    function credit() external view returns (address) {
        return address(CREDIT);
    }

    function _credits() internal view override returns (ICarbonCredit) {
        return CREDIT;
    }
}
