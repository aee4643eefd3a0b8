// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";

import {Dedication} from "../types/Dedication.sol";
import {ITonneCertificates} from "./ITonneCertificates.sol";
import {IVoidable} from "./IVoidable.sol";
import {Retirement} from "../types/Retirement.sol";

/// @title ICarbonCredit
/// @notice Carbon credits: one id per project and vintage year, one unit per gram CO2e.
/// @dev creditId = projectId x 10,000 + vintage year. Serials count from 0 per credit id, once for
/// what is minted and once for what is retired; ranges ascend and never overlap by construction.
interface ICarbonCredit is IVoidable, IERC1155MetadataURI {
    /// @notice Grams were retired, in the name of `dedication.account`.
    event Retired(
        uint256 indexed retirementId,
        address indexed account,
        uint256 indexed creditId,
        uint64 grams,
        uint64 firstSerial,
        Dedication dedication
    );

    /// @notice Grams of a mint went to the buffer of the credit. They are nobody's balance.
    event Buffered(uint256 indexed creditId, uint64 grams);

    /// @notice Grams were taken out of circulation because a batch was wrong.
    /// @param grams From the balance of `holder`.
    /// @param bufferGrams From the buffer of the credit.
    event Voided(
        uint256 indexed creditId,
        address indexed holder,
        uint64 grams,
        uint64 bufferGrams
    );

    /// @notice Only the registry issues.
    error NotRegistry(address caller);

    /// @notice Zero grams can't be retired.
    error RetirementEmpty(uint256 creditId);

    /// @notice A retirement is in somebody's name.
    error AccountMissing();

    /// @notice A beneficiary is named or kept back, not both.
    error BeneficiaryTwice(bytes32 commitment);

    /// @notice No retirement has this id.
    error RetirementUnknown(uint256 retirementId);

    /// @notice Issues grams of a credit.
    ///
    /// Requirements:
    /// - the caller is the registry;
    /// - `bufferGrams` <= `grams`.
    ///
    /// @param bufferGrams How many of them stay in the buffer of the credit.
    /// @return firstSerial First of `grams` consecutive serials among the minted grams of this id.
    function issue(
        address to,
        uint256 creditId,
        uint64 grams,
        uint64 bufferGrams
    ) external returns (uint64 firstSerial);

    /// @notice Takes the caller's grams out of circulation for good and keeps a record of it, in the name
    /// of `dedication.account`.
    ///
    /// Requirements:
    /// - `grams` > 0 and the caller holds them;
    /// - there is an account; the beneficiary is named, committed to or neither; its text has at most 128
    ///   bytes, the purpose at most 256; a period, if there is one, begins before it ends.
    ///
    /// @return retirementId creditId x 10^20 + first retired serial.
    function retire(
        uint256 creditId,
        uint64 grams,
        Dedication calldata dedication
    ) external returns (uint256 retirementId);

    /// @notice The same, with a certificate for `dedication.account`.
    ///
    /// Notes:
    /// - `certificates` is called when all is done, and can do nothing but refuse. Which contract's
    ///   certificates one believes is for the reader to say.
    function retireWithCertificate(
        uint256 creditId,
        uint64 grams,
        Dedication calldata dedication,
        ITonneCertificates certificates
    ) external returns (uint256 retirementId);

    /// @notice All grams of a credit id ever minted, ever retired, in the buffer now and ever voided.
    /// minted - retired - buffered - voided is held.
    function totals(
        uint256 creditId
    )
        external
        view
        returns (uint64 mintedGrams, uint64 retiredGrams, uint64 bufferedGrams, uint64 voidedGrams);

    /// @notice A retirement; reverts with {RetirementUnknown}.
    function retirement(uint256 retirementId) external view returns (Retirement memory);

    /// @notice 6: 1.000000 is a tonne CO2e.
    function decimals() external pure returns (uint8);

    /// @notice The registry that issues.
    function registry() external view returns (address);
}
