// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";

import {Retirement} from "../types/Retirement.sol";

/// @title ICarbonCredit
/// @notice Carbon credits: one id per project and vintage year, one unit per gram CO2e.
/// @dev creditId = projectId x 10,000 + vintage year. Serials count from 0 per credit id, once for
/// what is minted and once for what is retired; ranges ascend and never overlap by construction.
interface ICarbonCredit is IERC1155MetadataURI {
    /// @notice Grams were retired. Nothing personal belongs into the texts: they are public for good.
    event Retired(
        uint256 indexed retirementId,
        address indexed account,
        uint256 indexed creditId,
        uint64 grams,
        uint64 firstSerial,
        string beneficiary,
        string purpose
    );

    /// @notice Only the registry issues.
    error NotRegistry(address caller);

    /// @notice Zero grams can't be retired.
    error RetirementEmpty(uint256 creditId);

    /// @notice No retirement has this id.
    error RetirementUnknown(uint256 retirementId);

    /// @notice Issues grams of a credit.
    ///
    /// Requirements:
    /// - the caller is the registry.
    ///
    /// @return firstSerial First of `grams` consecutive serials among the minted grams of this id.
    function issue(
        address to,
        uint256 creditId,
        uint64 grams
    ) external returns (uint64 firstSerial);

    /// @notice Takes the caller's grams out of circulation for good and keeps a record of it.
    ///
    /// Requirements:
    /// - `grams` > 0 and the caller holds them;
    /// - `beneficiary` has at most 128 bytes, `purpose` at most 256.
    ///
    /// @return retirementId creditId x 10^20 + first retired serial.
    function retire(
        uint256 creditId,
        uint64 grams,
        string calldata beneficiary,
        string calldata purpose
    ) external returns (uint256 retirementId);

    /// @notice All grams of a credit id ever minted and ever retired. The difference is held.
    function totals(
        uint256 creditId
    ) external view returns (uint128 mintedGrams, uint128 retiredGrams);

    /// @notice A retirement; reverts with {RetirementUnknown}.
    function retirement(uint256 retirementId) external view returns (Retirement memory);

    /// @notice 6: 1.000000 is a tonne CO2e.
    function decimals() external pure returns (uint8);

    /// @notice The registry that issues.
    function registry() external view returns (address);
}
