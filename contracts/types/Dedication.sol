// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice In whose name and what for grams are retired. Nothing personal belongs into it: it is public
/// for good.
/// @param account Wallet in whose name they are retired; it holds the certificate.
/// @param commitment keccak256(salt ++ beneficiary) of a beneficiary who is not named; zero for none.
/// @param beneficiary Text of at most 128 bytes; empty for none. Never beside a commitment.
/// @param purpose Text of at most 256 bytes.
/// @param periodFrom Begin of the time that the retirement is for, Unix seconds; both 0 for none.
/// @param periodUntil End of that time, Unix seconds.
struct Dedication {
    address account;
    bytes32 commitment;
    string beneficiary;
    string purpose;
    uint40 periodFrom;
    uint40 periodUntil;
}
