// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IInventoryAnchor} from "./interfaces/IInventoryAnchor.sol";

/// @title InventoryAnchor
/// @notice Nobody owns it, nothing in it can be changed or paused, and it holds no money.
contract InventoryAnchor is IInventoryAnchor {
    mapping(bytes32 place => Anchor[]) private _anchors;

    /// @inheritdoc IInventoryAnchor
    function anchor(
        bytes32 organisation,
        bytes32 period,
        uint256 number,
        bytes32 root,
        bytes32 factorSetsHash,
        uint32 engineVersion
    ) external {
        Anchor[] storage anchors = _anchors[_placeOf(msg.sender, organisation, period)];
        uint256 expected = anchors.length;
        require(number == expected, InventoryNumberWrong(expected, number));
        require(root != 0, InventoryRootMissing());

        // Safe cast: a block's time fits 64 bits for the next 500 thousand million years.
        anchors.push(Anchor(root, factorSetsHash, engineVersion, uint64(block.timestamp)));

        emit InventoryAnchored(
            msg.sender,
            organisation,
            period,
            number,
            root,
            factorSetsHash,
            engineVersion
        );
    }

    /// @inheritdoc IInventoryAnchor
    function countOf(
        address anchorer,
        bytes32 organisation,
        bytes32 period
    ) external view returns (uint256) {
        return _anchors[_placeOf(anchorer, organisation, period)].length;
    }

    /// @inheritdoc IInventoryAnchor
    function anchorOf(
        address anchorer,
        bytes32 organisation,
        bytes32 period,
        uint256 number
    ) external view returns (Anchor memory found) {
        Anchor[] storage anchors = _anchors[_placeOf(anchorer, organisation, period)];
        if (number < anchors.length) found = anchors[number];
    }

    function _placeOf(
        address anchorer,
        bytes32 organisation,
        bytes32 period
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(anchorer, organisation, period));
    }
}
