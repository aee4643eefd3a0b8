// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The cheatcodes that the tests use.
interface Vm {
    function assume(bool condition) external pure;

    function chainId(uint256 newChainId) external;

    function expectRevert(bytes calldata revertData) external;

    function expectPartialRevert(bytes4 selector) external;

    function getCode(string calldata contractName) external view returns (bytes memory);

    function getNonce(address account) external view returns (uint64);

    function getBlockTimestamp() external view returns (uint256);

    function deal(address account, uint256 newBalance) external;

    function prank(address sender) external;

    function warp(uint256 timestamp) external;

    function addr(uint256 privateKey) external pure returns (address);

    function sign(
        uint256 privateKey,
        bytes32 digest
    ) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function publicKeyP256(uint256 privateKey) external pure returns (uint256 x, uint256 y);

    function signP256(
        uint256 privateKey,
        bytes32 digest
    ) external pure returns (bytes32 r, bytes32 s);
}

Vm constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
