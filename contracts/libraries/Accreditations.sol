// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Accreditation} from "../types/Role.sol";

/// @title Accreditations
library Accreditations {
    /// @notice The same accreditation until another time. One that does not hold now begins after the
    /// notice, so that everybody can see it coming; ending one has none.
    function renewed(
        Accreditation memory found,
        uint40 until,
        uint40 notice
    ) internal view returns (Accreditation memory) {
        // An accreditation that was announced keeps the time from which it holds.
        bool stands = block.timestamp <= found.until;
        // Safe unchecked cast: seconds have 40 bits for 34,000 years more.
        uint40 from = stands ? found.from : uint40(block.timestamp) + notice;
        return Accreditation({from: from, until: until});
    }

    function isValid(Accreditation memory found) internal view returns (bool) {
        return block.timestamp >= found.from && block.timestamp <= found.until;
    }
}
