// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBatches} from "./IBatches.sol";
import {IDeviceLife} from "./IDeviceLife.sol";
import {IDevices} from "./IDevices.sol";
import {IMethodologies} from "./IMethodologies.sol";
import {IProjects} from "./IProjects.sol";
import {IRoles} from "./IRoles.sol";

/// @title ITonneRegistry
/// @notice From signed meter registers to credits: projects, devices, batches and minting.
interface ITonneRegistry is IBatches, IDeviceLife, IDevices, IProjects, IMethodologies, IRoles {
    /// @notice The ERC-1155 contract that this registry alone issues in.
    function credit() external view returns (address);

    /// @notice The ERC-1155 contract of energy certificates that this registry alone issues in.
    function energyCertificate() external view returns (address);

    /// @notice The contract that voids batches and keeps the debts of projects.
    function recourse() external view returns (address);
}
