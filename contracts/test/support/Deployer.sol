// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Assertions} from "./Assertions.sol";
import {vm} from "./Vm.sol";

/// @title Deployer
/// @dev From the artifact, so that what is tested is the very code that is deployed.
abstract contract Deployer is Assertions {
    function _deploy(
        string memory name,
        bytes memory arguments
    ) internal returns (address deployed) {
        bytes memory creation = bytes.concat(vm.getCode(name), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(creation, 0x20), mload(creation))
        }
        assertTrue(deployed != address(0), name);
    }
}
