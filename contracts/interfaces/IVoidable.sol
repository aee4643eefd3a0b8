// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IVoidable
/// @notice What recourse can do to credits and certificates. It reaches the owner of the project that
/// minted a wrong batch, and holders who hand in by themselves. Nobody else's balance.
interface IVoidable {
    /// @notice Only the recourse contract voids.
    error NotRecourse(address caller);

    /// @notice Takes what a wrong batch issued from the owner of its project, then from the buffer, as
    /// far as they reach.
    ///
    /// Requirements: the caller is the recourse contract.
    ///
    /// @param amount Grams of a credit, or Wh of an energy certificate.
    /// @return missing Grams, or certificates, that nobody gave.
    function void(address owner, uint256 id, uint64 amount) external returns (uint64 missing);

    /// @notice Takes what its holder hands in for a debt.
    ///
    /// Requirements:
    /// - the caller is the recourse contract, which was called by the holder;
    /// - the holder has them.
    ///
    /// @param amount Grams of a credit, or energy certificates.
    function surrender(address holder, uint256 id, uint64 amount) external;
}
