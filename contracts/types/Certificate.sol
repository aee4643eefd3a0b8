// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a certificate says besides the retirement itself.
/// @param commitment As in {Dedication}; it stays when the beneficiary is revealed.
/// @param beneficiary As in {Dedication}, or revealed later.
/// @param purpose As in {Dedication}.
/// @param periodFrom As in {Dedication}.
/// @param periodUntil As in {Dedication}.
struct Certificate {
    bytes32 commitment;
    string beneficiary;
    string purpose;
    uint40 periodFrom;
    uint40 periodUntil;
}
