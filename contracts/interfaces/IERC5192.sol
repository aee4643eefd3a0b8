// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IERC5192
/// @notice Minimal soulbound tokens, as the standard has them.
interface IERC5192 {
    /// @notice The token can't be transferred from now on.
    event Locked(uint256 tokenId);

    /// @notice The token can be transferred from now on.
    event Unlocked(uint256 tokenId);

    /// @notice Whether the token can't be transferred. Reverts for a token that does not exist.
    function locked(uint256 tokenId) external view returns (bool);
}
