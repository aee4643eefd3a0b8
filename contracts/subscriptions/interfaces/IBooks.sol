// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Agreement} from "../types/Account.sol";
import {PlanSlot} from "../types/PlanSlot.sol";
import {State} from "../types/Subscription.sol";
import {TokenSlot} from "../types/TokenSlot.sol";

/// @title IBooks
/// @notice The border between the two contracts: the plans contract writes what is sold, and reads what
/// it quotes from. Roles are the plans contract's matter: this one knows only it.
interface IBooks {
    /// @notice Only the plans contract may do this.
    error NotPlans(address caller);

    /// @notice What a wallet has now. `planId` is the plan whose rights hold: 0, Free, when none do.
    /// @param until Paid until then, Unix seconds.
    /// @param endsAt The rights end then if nothing happens, Unix seconds; in a dispute at its deadline at the
    /// latest.
    function standing(
        address wallet
    ) external view returns (State state, uint16 planId, uint40 until, uint40 endsAt);

    /// @notice The plans contract sets a plan; nobody else can ({NotPlans}).
    function setPlanSlot(uint16 planId, PlanSlot slot) external;

    /// @notice The plans contract sets a token; its earnings stay.
    function setTokenSlot(uint8 tokenId, TokenSlot slot) external;

    /// @notice The plans contract pays earned money out, for its operator.
    function payOut(uint8 tokenId, address treasury, uint256 amount) external;

    /// @notice The plans contract ends a dispute, for its arbiter.
    function decide(address subscriber, uint256 toSubscriber) external;

    /// @notice A wallet as it is stored: see {Accounting} for the slot.
    function accountOf(
        address wallet
    ) external view returns (uint256 slot, Agreement memory agreement);

    /// @notice The EIP-712 domain separator that promo codes are signed for.
    function promoDomain() external view returns (bytes32);

    /// @notice The contract that says what is sold, and quotes.
    function plans() external view returns (address);
}
