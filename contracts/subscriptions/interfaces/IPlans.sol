// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISales} from "./ISales.sol";
import {Offers, Plan, PlanTerms} from "../types/Plan.sol";

/// @title IPlans
/// @notice What is sold. Plan 0 is Free: the rights of everyone who pays nothing.
interface IPlans is ISales {
    /// @notice A plan is sold from now on. For plan 0: what is free from now on.
    event PlanCreated(uint16 indexed planId, string name, PlanTerms terms);

    /// @notice Later terms of the plan cost this, USD x 10^6; 0 is not sold.
    event PlanRepriced(uint16 indexed planId, uint40 monthlyUsd, uint40 yearlyUsd);

    /// @notice The plan is not sold any more. Terms that run keep their rights until they end.
    event PlanRetired(uint16 indexed planId);

    /// @notice Season, welcome discount and promo signer of a plan, for terms bought from now on.
    event OffersSet(uint16 indexed planId, Offers offers);

    /// @notice There are as many plans as there can be.
    error PlanLimitReached(uint256 maximum);

    /// @notice Creates a plan, or, with the tier Free, replaces plan 0.
    ///
    /// Requirements:
    /// - the caller is the operator; `name` has 1 to 31 bytes;
    /// - prices are at most 274,877,906,943 (USD 274,877.90), and 0 for Free alone;
    /// - 1 to 12 instalments.
    function createPlan(
        string calldata name,
        PlanTerms calldata terms,
        Offers calldata offers
    ) external returns (uint16 planId);

    /// @notice Changes prices for terms bought later. Instalments that were agreed stay as they are.
    ///
    /// Requirements:
    /// - the caller is the operator; the plan is sold; one of the prices is not 0.
    function repricePlan(uint16 planId, uint40 monthlyUsd, uint40 yearlyUsd) external;

    /// @notice Ends the sale of a plan for good. Agreed instalments can still be paid.
    ///
    /// Requirements:
    /// - the caller is the operator; the plan is sold and not Free.
    function retirePlan(uint16 planId) external;

    /// @notice Sets season, welcome discount and promo signer of plans.
    ///
    /// Requirements:
    /// - the caller is the operator; every plan is sold;
    /// - `seasonMonths` has 12 bits; `seasonPercent` is a multiple of ten up to 70; `welcomePercent` is
    ///   at most 15.
    function setOffers(uint16[] calldata planIds, Offers calldata offers) external;

    /// @notice A plan as it stands. Reverts when there is none ({PlanUnknown}).
    function plan(uint16 planId) external view returns (Plan memory);

    /// @notice Ids are 0 to `planCount`, plan 0 included.
    function planCount() external view returns (uint16);

    /// @notice What a purchase needs beside the price: days of a trial, and parts a term may be paid in.
    function limitsOf(uint16 planId) external view returns (uint8 trialDays, uint8 maxInstalments);
}
