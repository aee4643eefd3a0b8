// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {Certificate} from "../types/Certificate.sol";
import {Dedication} from "../types/Dedication.sol";
import {IERC5192} from "./IERC5192.sol";

/// @title ITonneCertificates
/// @notice A certificate for a retirement, which its account holds for good. Its id is the retirement's,
/// its picture and text are drawn from what the chain holds.
interface ITonneCertificates is IERC721Metadata, IERC5192 {
    /// @notice Who a retirement was for, told by its account.
    event BeneficiaryRevealed(uint256 indexed retirementId, string beneficiary, bytes32 salt);

    /// @notice Only the credit contract certifies.
    error NotCredit(address caller);

    /// @notice A certificate stays where it is.
    error Soulbound();

    /// @notice Only the account of the retirement tells.
    error NotAccount(uint256 retirementId, address caller, address account);

    /// @notice The text and the salt are not those that the retirement was committed to.
    error RevealMismatch(uint256 retirementId, bytes32 commitment, bytes32 revealed);

    /// @notice Makes the certificate of a retirement.
    ///
    /// Requirements:
    /// - the caller is the credit contract, which does so once per retirement.
    function certify(uint256 retirementId, Dedication calldata dedication) external;

    /// @notice Tells who a retirement was for. It stands on the certificate from then on.
    ///
    /// Requirements:
    /// - the caller is the account of the retirement;
    /// - keccak256(salt ++ beneficiary) is the commitment.
    function reveal(uint256 retirementId, string calldata beneficiary, bytes32 salt) external;

    /// @notice What a certificate says besides the retirement itself. Reverts when there is none.
    function certificate(uint256 retirementId) external view returns (Certificate memory);

    /// @notice The contract whose retirements are certified.
    function credit() external view returns (address);
}
