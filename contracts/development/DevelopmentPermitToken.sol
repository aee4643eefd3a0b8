// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {DevelopmentToken} from "./DevelopmentToken.sol";

/// @title DevelopmentPermitToken
/// @notice A dollar token with EIP-2612 permits for the local chain, where it stands for USDC. Anyone
/// mints.
contract DevelopmentPermitToken is DevelopmentToken, ERC20Permit {
    constructor(
        string memory name,
        string memory symbol
    ) DevelopmentToken(name, symbol) ERC20Permit(name) {}

    function decimals() public pure override(ERC20, DevelopmentToken) returns (uint8) {
        return DevelopmentToken.decimals();
    }
}
