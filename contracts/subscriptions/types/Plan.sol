// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The tiers, from the least to the most. The numbers are part of the ABI.
enum Tier {
    Free,
    Starter,
    Professional,
    Enterprise
}

/// @notice What a plan gives and costs. A plan keeps its rights for good; its prices and offers may
/// change for terms that are bought later.
/// @param tier See {Tier}.
/// @param seats People of the organisation who may sign in.
/// @param devices Devices that may report.
/// @param apiCallsPerDay Calls of the API per UTC day.
/// @param features One bit per feature; docs/subscriptions.md is the list.
/// @param trialDays Days of a first, free trial; 0 when there is none.
/// @param maxInstalments Parts that one term may be paid in, 1 to 12.
/// @param monthlyUsd Price of 30 days, USD x 10^6; 0 when not sold.
/// @param yearlyUsd Price of 365 days, USD x 10^6; 0 when not sold.
struct PlanTerms {
    Tier tier;
    uint32 seats;
    uint32 devices;
    uint32 apiCallsPerDay;
    uint64 features;
    uint8 trialDays;
    uint8 maxInstalments;
    uint40 monthlyUsd;
    uint40 yearlyUsd;
}

/// @notice What lowers the price of a plan.
/// @param promoSigner Wallet or contract that signs promo codes of the plan; 0 when there are none.
/// @param seasonMonths Bit 0 is January, bit 11 December (UTC).
/// @param seasonPercent Discount in those months: 0, 10, ... 70.
/// @param welcomePercent Discount on the first payment of a wallet that was referred, 0 to 15.
struct Offers {
    address promoSigner;
    uint16 seasonMonths;
    uint8 seasonPercent;
    uint8 welcomePercent;
}

/// @notice A plan as it stands.
/// @param terms See {PlanTerms}.
/// @param offers See {Offers}.
/// @param retired Not sold any more; terms that run keep their rights.
struct Plan {
    PlanTerms terms;
    Offers offers;
    bool retired;
}
