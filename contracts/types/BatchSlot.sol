// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BatchStatus} from "./Batch.sol";
import {BatchTerms} from "./BatchTerms.sol";

/// @notice A batch but for its root, in one storage slot:
/// terms 8 | blockNumber 40 | status 8 | vintage 16 | periodEnd 40 | creditableWh 64 | grams 64, the
/// highest bits first, below 16 bits of zero. Meaning and units as in {Batch} and {BatchTerms}.
type BatchSlot is uint256;

using BatchSlots for BatchSlot global;

/// @title BatchSlots
/// @dev Packed by hand because the compiler would read a slot before its first write.
library BatchSlots {
    uint256 private constant CREDITABLE_AT = 64;
    uint256 private constant PERIOD_END_AT = 128;
    uint256 private constant VINTAGE_AT = 168;
    uint256 private constant STATUS_AT = 184;
    uint256 private constant BLOCK_AT = 192;
    uint256 private constant TERMS_AT = 232;

    /// @notice A batch that was just submitted; it is verified at once where nothing is demanded.
    function submitted(
        uint64 grams_,
        uint64 creditableWh_,
        uint40 periodEnd_,
        uint16 vintage_,
        uint40 blockNumber_,
        BatchTerms terms_
    ) internal pure returns (BatchSlot) {
        BatchStatus status_ =
            terms_.demandsNothing() ? BatchStatus.Verified : BatchStatus.Submitted;
        return
            BatchSlot.wrap(
                uint256(grams_) |
                    (uint256(creditableWh_) << CREDITABLE_AT) |
                    (uint256(periodEnd_) << PERIOD_END_AT) |
                    (uint256(vintage_) << VINTAGE_AT) |
                    (uint256(status_) << STATUS_AT) |
                    (uint256(blockNumber_) << BLOCK_AT) |
                    (uint256(BatchTerms.unwrap(terms_)) << TERMS_AT)
            );
    }

    /// @notice The same batch with another status.
    function withStatus(BatchSlot slot, BatchStatus status_) internal pure returns (BatchSlot) {
        uint256 rest = BatchSlot.unwrap(slot) & ~(uint256(type(uint8).max) << STATUS_AT);
        return BatchSlot.wrap(rest | (uint256(status_) << STATUS_AT));
    }

    function grams(BatchSlot slot) internal pure returns (uint64) {
        return uint64(BatchSlot.unwrap(slot));
    }

    function creditableWh(BatchSlot slot) internal pure returns (uint64) {
        return uint64(BatchSlot.unwrap(slot) >> CREDITABLE_AT);
    }

    function periodEnd(BatchSlot slot) internal pure returns (uint40) {
        return uint40(BatchSlot.unwrap(slot) >> PERIOD_END_AT);
    }

    function vintage(BatchSlot slot) internal pure returns (uint16) {
        return uint16(BatchSlot.unwrap(slot) >> VINTAGE_AT);
    }

    function status(BatchSlot slot) internal pure returns (BatchStatus) {
        return BatchStatus(uint8(BatchSlot.unwrap(slot) >> STATUS_AT));
    }

    function blockNumber(BatchSlot slot) internal pure returns (uint40) {
        return uint40(BatchSlot.unwrap(slot) >> BLOCK_AT);
    }

    function terms(BatchSlot slot) internal pure returns (BatchTerms) {
        return BatchTerms.wrap(uint8(BatchSlot.unwrap(slot) >> TERMS_AT));
    }
}
