// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Trader
/// @notice A wallet that takes credits, and at times no coin.
contract Trader {
    error CoinRefused();

    bool public refuses;

    receive() external payable {
        if (refuses) revert CoinRefused();
    }

    function refuseCoin(bool refuses_) external {
        refuses = refuses_;
    }

    function onERC1155Received(
        address,
        address,
        uint256,
        uint256,
        bytes calldata
    ) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }
}
