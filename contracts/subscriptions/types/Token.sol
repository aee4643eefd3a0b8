// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Whether a token is taken. The numbers are part of the ABI.
enum TokenStatus {
    None,
    Accepted,
    Paused,
    Retired
}

/// @notice A token to be taken as payment.
/// @param token ERC-20 with 0 to 18 decimals; the zero address is the chain's own coin.
/// @param bountyPercentE2 What a keeper gets of a payment it collects, hundredths of a percent, 0 to 255.
/// @param feed Chainlink feed of the token in USD; zero takes one whole token for one USD.
/// @param maxAge Seconds after which an answer of the feed is stale.
/// @param minPriceE4 Lowest price that is believed, USD x 10^4 for a whole token.
/// @param maxPriceE4 Highest price that is believed, USD x 10^4 for a whole token.
struct TokenDraft {
    address token;
    uint8 bountyPercentE2;
    address feed;
    uint24 maxAge;
    uint32 minPriceE4;
    uint32 maxPriceE4;
}

/// @notice A token as it stands. All of {TokenDraft} never changes: another feed is another token id.
/// @param draft As accepted.
/// @param status See {TokenStatus}.
/// @param decimals Of the token.
/// @param earned What the operator may withdraw now, smallest units.
struct Token {
    TokenDraft draft;
    TokenStatus status;
    uint8 decimals;
    uint256 earned;
}
