// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Checks} from "./Checks.sol";
import {Dedication} from "../types/Dedication.sol";
import {ICarbonCredit} from "../interfaces/ICarbonCredit.sol";

/// @title Dedications
/// @notice What may be said about a retirement.
library Dedications {
    uint256 internal constant BENEFICIARY_BYTES = 128;
    uint256 internal constant PURPOSE_BYTES = 256;

    function check(Dedication calldata dedication) internal pure {
        if (dedication.account == address(0)) revert ICarbonCredit.AccountMissing();
        Checks.textOrNone("beneficiary", dedication.beneficiary, BENEFICIARY_BYTES);
        Checks.textOrNone("purpose", dedication.purpose, PURPOSE_BYTES);
        if (dedication.commitment != 0 && bytes(dedication.beneficiary).length != 0) {
            revert ICarbonCredit.BeneficiaryTwice(dedication.commitment);
        }
        if (dedication.periodFrom != 0 || dedication.periodUntil != 0) {
            Checks.period(dedication.periodFrom, dedication.periodUntil);
        }
    }

    /// @notice What stands for a beneficiary who is not named.
    function commitmentTo(
        string calldata beneficiary,
        bytes32 salt
    ) internal pure returns (bytes32) {
        // The salt has a fixed length, so one preimage has one reading.
        return keccak256(abi.encodePacked(salt, beneficiary));
    }
}
