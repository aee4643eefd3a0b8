// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a seller takes. The numbers are part of the ABI.
enum Currency {
    Coin,
    Usdc,
    Usdt
}

/// @notice At what price and how grams are sold.
/// @param pricePerTonne Smallest units of the currency for 1,000,000 g.
/// @param currency See {Currency}.
/// @param minimumGrams Fewest grams of one sale; what is left at last may be less.
/// @param expiresAt First second in which nothing is sold any more, Unix seconds.
struct Terms {
    uint128 pricePerTonne;
    Currency currency;
    uint64 minimumGrams;
    uint40 expiresAt;
}

/// @notice Who sells what. Its hash is its id: whoever buys by it buys on these very terms.
struct Listing {
    address seller;
    uint256 creditId;
    Terms terms;
}
