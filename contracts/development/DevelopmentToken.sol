// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title DevelopmentToken
/// @notice A dollar token without permits for the local chain, where it stands for USDT. Anyone mints.
contract DevelopmentToken is ERC20 {
    constructor(string memory name, string memory symbol) ERC20(name, symbol) {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public pure virtual override returns (uint8) {
        return 6;
    }
}
