// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IInventoryAnchor
/// @notice Roots of carbon inventories that organisations closed, kept so that none can be changed
/// afterwards. Everything here is hashes: ids are random, and nothing of a line can be read from a root.
interface IInventoryAnchor {
    /// @notice What was anchored for one inventory.
    struct Anchor {
        /// @dev Root over the salted leaves of its lines.
        bytes32 root;
        /// @dev SHA-256 over the ids and hashes of the factor sets that its lines used.
        bytes32 factorSetsHash;
        /// @dev Version of the accounting engine.
        uint32 engineVersion;
        /// @dev Unix seconds of the block.
        uint64 anchoredAt;
    }

    /// @notice An inventory was anchored; `number` is 0, and one more with each restatement.
    event InventoryAnchored(
        address indexed anchorer,
        bytes32 indexed organisation,
        bytes32 indexed period,
        uint256 number,
        bytes32 root,
        bytes32 factorSetsHash,
        uint32 engineVersion
    );

    /// @notice The period has `expected` inventories of this wallet, so the next one has that number.
    error InventoryNumberWrong(uint256 expected, uint256 number);

    /// @notice A root of zero proves nothing.
    error InventoryRootMissing();

    /// @notice Anchors an inventory under the wallet that sends it.
    ///
    /// Notes:
    /// - Wallets have places of their own: nobody can anchor in another's name or get in its way.
    /// - An anchor is never changed; a correction is the next number.
    ///
    /// Requirements:
    /// - `number` is how many inventories the wallet has anchored for the period.
    /// - `root` is not zero.
    ///
    /// @param organisation Random id of the organisation.
    /// @param period SHA-256 of its first and last day.
    function anchor(
        bytes32 organisation,
        bytes32 period,
        uint256 number,
        bytes32 root,
        bytes32 factorSetsHash,
        uint32 engineVersion
    ) external;

    /// @notice How many inventories a wallet has anchored for a period.
    function countOf(
        address anchorer,
        bytes32 organisation,
        bytes32 period
    ) external view returns (uint256);

    /// @notice What was anchored; all zero when nothing was.
    function anchorOf(
        address anchorer,
        bytes32 organisation,
        bytes32 period,
        uint256 number
    ) external view returns (Anchor memory);
}
