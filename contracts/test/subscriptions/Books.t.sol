// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BooksLife} from "./BooksLife.sol";
import {Entitlement, State, Subscription} from "../../subscriptions/types/Subscription.sol";
import {Rules} from "../../subscriptions/libraries/Rules.sol";
import {vm} from "../support/Vm.sol";

/// @notice What must hold of the money and the rights, as formulas over all that happened in
/// {BooksLife}. S is a sum.
contract Books is BooksLife {
    /// @notice Per token, to the unit:
    /// balance = S funded + earned + S owed                                         (what it owes)
    /// S paid = balance + S referral + S bounty + S refunded + S claimed + S withdrawn
    function assertBalanced() external view {
        for (uint8 tokenId = 0; tokenId < TOKENS; ++tokenId) {
            uint256 balance = balanceOf(tokenId, address(subscriptions));
            uint256 owes = subscriptions.earnedOf(tokenId);
            for (uint256 w = 0; w < WALLETS; ++w) {
                Subscription memory found = plans.subscription(walletAt(w));
                if (found.tokenId == tokenId) owes += found.funded;
                owes += subscriptions.owed(walletAt(w), tokenId);
            }
            assertEq(balance, owes, "balance");

            Ledger memory ledger = ledgers[tokenId];
            uint256 out = ledger.referral + ledger.bounty + ledger.refunded;
            assertEq(ledger.paid, balance + out + ledger.claimed + ledger.withdrawn, "paid");
            assertEq(balanceOf(tokenId, TREASURY), ledger.withdrawn, "treasury");
        }
    }

    /// @notice Of every stream, funded = unused + accrued, and unused is within it.
    function assertFunded() external view {
        for (uint256 w = 0; w < WALLETS; ++w) {
            Subscription memory found = plans.subscription(walletAt(w));
            assertTrue(found.unused <= found.funded, "unused");
            assertEq(found.unused + found.accrued, found.funded, "funded");
            assertTrue(found.since <= found.until, "since");
        }
    }

    /// @notice Rights hold exactly while time is paid or in grace and no dispute is past its deadline, and are
    /// those of the plan then.
    function assertEntitled() external view {
        for (uint256 w = 0; w < WALLETS; ++w) {
            Subscription memory found = plans.subscription(walletAt(w));
            Entitlement memory rights = plans.entitlement(walletAt(w));
            uint256 from = found.state == State.Canceled ? found.since : found.until;
            bool entitled = rights.planId != 0;
            if (found.until == 0) {
                assertTrue(!entitled && rights.state == State.Free, "free");
            } else if (found.state == State.Ended) {
                assertTrue(!entitled && vm.getBlockTimestamp() >= rights.endsAt, "ended");
            } else {
                uint256 endsAt = from + Rules.GRACE;
                if (found.state == State.Disputed) {
                    uint256 deadline = subscriptions.disputeOf(walletAt(w)).deadline;
                    if (deadline < endsAt) endsAt = deadline;
                }
                assertEq(rights.endsAt, endsAt, "grace or deadline");
                assertTrue(
                    entitled == (vm.getBlockTimestamp() < rights.endsAt),
                    "paid or in grace"
                );
            }
            assertEq(rights.seats, entitled ? 5 : 0, "rights");
        }
    }

    /// @notice Every kind of move went through at least once.
    function assertLived() external view {
        string[22] memory moves = [
            "subscribe",
            "refer",
            "startTrial",
            "renew",
            "renewMany",
            "changePlan",
            "cancel",
            "resume",
            "cancelAndRefund",
            "collect",
            "withdraw",
            "dispute",
            "resolve",
            "resolveByDeadline",
            "handOver",
            "claim",
            "retire",
            "subscribe coin",
            "renew coin",
            "changePlan coin",
            "cancelAndRefund coin",
            "withdraw coin"
        ];
        for (uint256 i = 0; i < moves.length; ++i) assertTrue(times[moves[i]] > 0, moves[i]);
    }
}

interface VmEnv {
    function envOr(string calldata name, uint256 defaultValue) external view returns (uint256);
}

contract BooksTest {
    Books private _books;

    function setUp() external {
        _books = new Books();
    }

    /// @dev Read by the fuzzer: only {Books} is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_books);
    }

    /// @notice Laws over nothing prove nothing: over many random moves every kind of them happens.
    /// @dev BOOKS_STEPS goes further than the suite has time for.
    function test_EveryMoveHappens() external {
        for (uint256 attempt = 0; attempt < 8; ++attempt) {
            _books.startTrial(uint256(keccak256(abi.encode("trial", attempt))), 0, 0);
        }
        uint256 steps = VmEnv(address(vm)).envOr("BOOKS_STEPS", uint256(3_000));
        for (uint256 step = 0; step < steps; ++step) {
            uint256 seed = uint256(keccak256(abi.encode(step)));
            _move(seed % 20, seed >> 8);
            if (step % 50 == 0) _check();
        }
        _check();
        _books.assertLived();
    }

    function invariant_Balanced() external view {
        _books.assertBalanced();
    }

    function invariant_Funded() external view {
        _books.assertFunded();
    }

    function invariant_Entitled() external view {
        _books.assertEntitled();
    }

    function _check() private view {
        _books.assertBalanced();
        _books.assertFunded();
        _books.assertEntitled();
    }

    /// @dev Seldom within five days of each other by chance.
    function _cancelAndResume(uint8 wallet) private {
        _books.cancel(1, wallet);
        for (uint8 w = 0; w < 5; ++w) _books.resume(w);
    }

    // solhint-disable-next-line code-complexity
    function _move(uint256 kind, uint256 seed) private {
        (uint8 a, uint8 b, uint32 time) = (uint8(seed), uint8(seed >> 8), uint32(seed >> 16));
        if (kind < 3) _books.subscribe(seed, a, b);
        else if (kind == 3) _books.startTrial(seed, a, b);
        else if (kind < 6) _books.renew(seed, a);
        else if (kind < 8) _books.renewMany(seed);
        else if (kind < 10) _books.changePlan(seed, a);
        else if (kind == 10) _books.cancel(time, a);
        else if (kind == 11) _cancelAndResume(a);
        else if (kind == 12) _books.cancelAndRefund(time, a);
        else if (kind == 13) _books.collect(time);
        else if (kind == 14) _books.withdraw(a, seed);
        else if (kind == 15) for (uint8 w = 0; w < 5; ++w) _books.dispute(time | 1, w);
        else if (kind == 16) for (uint8 w = 0; w < 5; ++w) _books.resolve(time, w, seed);
        else if (kind == 17) _books.handOver(a, b);
        else if (kind == 18) _books.retire(seed);
        else _books.claim(a, b);
    }
}
