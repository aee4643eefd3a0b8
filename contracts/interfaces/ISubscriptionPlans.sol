// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOffice} from "../subscriptions/interfaces/IOffice.sol";
import {IPaymentTokens} from "../subscriptions/interfaces/IPaymentTokens.sol";
import {IPlans} from "../subscriptions/interfaces/IPlans.sol";
import {IQuotes} from "../subscriptions/interfaces/IQuotes.sol";

/// @title ISubscriptionPlans
/// @notice What is sold, for which price, in which tokens, by whom; and what a wallet would pay and has.
/// It holds no money. {ISubscriptions} does.
// solhint-disable-next-line no-empty-blocks
interface ISubscriptionPlans is IOffice, IPlans, IPaymentTokens, IQuotes {}
