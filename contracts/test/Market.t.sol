// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {MarketLife} from "./support/MarketLife.sol";

/// @notice Law 4 of docs/invariants.md over all that happened in {MarketLife}. S is a sum.
contract MarketBooks is MarketLife {
    /// @notice Per credit: minted = S held + S left of listings + retired + buffered + voided, and what
    /// the market holds is S left of listings.
    function assertCreditsConserved() external view {
        for (uint256 number = 1; number <= CREDITS; ++number) {
            uint256 creditId = number * 10_000 + 2026;
            (uint256 minted, uint256 retired, uint256 buffered, uint256 voided) = credit.totals(
                creditId
            );
            uint256 listed = credit.balanceOf(address(market), creditId);
            uint256 held = 0;
            for (uint256 i = 0; i < TRADERS; ++i) held += credit.balanceOf(traders[i], creditId);
            assertEq(minted, held + listed + retired + buffered + voided, "minted");
            assertEq(listed, _leftOf(creditId), "listed");
            assertEq(retired, retiredGrams[creditId], "retired");
        }
    }

    /// @notice Per listing: what the contract has left is what the books have.
    function assertListingsKept() external view {
        for (uint256 i = 0; i < listings.length; ++i) {
            bytes32 id = market.idOf(listings[i]);
            assertEq(market.leftOf(id), leftGrams[id], "left");
        }
    }

    /// @notice Per token the market holds nothing; of the chain's coin S owed. What every trader gained
    /// or spent is S of the prices, to the unit.
    function assertMoneyKept() external view {
        uint256 owed = 0;
        for (uint256 i = 0; i < TRADERS; ++i) {
            address trader = traders[i];
            assertEq(market.owed(trader), owedWei[trader], "owed");
            owed += owedWei[trader];
            for (uint256 t = 0; t < 2; ++t) {
                int256 gained = int256(tokens[t].balanceOf(trader)) - 1e40;
                assertTrue(gained == earned[address(tokens[t])][trader], "token");
            }
        }
        assertEq(address(market).balance, owed, "coin");
        for (uint256 t = 0; t < 2; ++t) {
            assertEq(tokens[t].balanceOf(address(market)), 0, "no tokens");
        }
    }

    /// @notice Per wallet: as many certificates as retirements in its name that asked for one.
    function assertCertificatesCounted() external view {
        for (uint256 i = 0; i < TRADERS; ++i) {
            assertEq(certificates.balanceOf(traders[i]), certified[traders[i]], "certificates");
        }
    }

    /// @notice Every kind of move went through at least once.
    function assertLived() external view {
        string[10] memory moves = [
            "list",
            "buy",
            "buyAndRetire",
            "retire",
            "unlist",
            "relist",
            "unlistForeign",
            "buyHostile",
            "owed",
            "claim"
        ];
        for (uint256 i = 0; i < moves.length; ++i) assertTrue(times[moves[i]] > 0, moves[i]);
    }

    /// @dev Listings that came back are in the list more than once.
    function _leftOf(uint256 creditId) private view returns (uint256 left) {
        for (uint256 i = 0; i < listings.length; ++i) {
            if (listings[i].creditId != creditId) continue;
            bytes32 id = market.idOf(listings[i]);
            bool isFirst = true;
            for (uint256 j = 0; j < i; ++j) {
                if (market.idOf(listings[j]) == id) isFirst = false;
            }
            if (isFirst) left += leftGrams[id];
        }
    }
}

contract MarketTest {
    MarketBooks private _books;

    function setUp() external {
        _books = new MarketBooks();
    }

    /// @notice Who calls the handlers: a wallet without a part in them. Who pays for a call has a role
    /// from then on, so that a chosen one could keep a validator from its work.
    function targetSenders() external pure returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(0xFEE);
    }

    /// @dev Read by the fuzzer: only {MarketBooks} is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_books);
    }

    /// @notice Laws over nothing prove nothing: every kind of move works, and counts.
    function test_EveryMoveHappens() external {
        for (uint256 round = 1; round <= 12; ++round) {
            uint64 seed = uint64(round * 1_000_003);
            _books.list(round, round, seed, uint128(seed) * 1e9, 5, 29 days);
            _books.refuseCoin(round, round % 2 == 0);
            _books.buy(round, round, seed);
            _books.buyAndRetire(round + 1, round, seed / 2, round % 2 == 0);
            _books.retire(round, round, 1_000, round % 3 == 0);
            _books.unlistForeign(round, round);
            _books.buyHostile(round, round + 1, uint8(round));
            _books.unlist(round, 7, round);
            if (round % 3 == 0) _books.relist(round, seed);
            for (uint256 trader = 0; trader < 4; ++trader) _books.claim(trader);
            _books.pass(1 hours);
        }
        _books.assertLived();
        _books.assertCreditsConserved();
        _books.assertListingsKept();
        _books.assertMoneyKept();
        _books.assertCertificatesCounted();
    }

    function invariant_CreditsConserved() external view {
        _books.assertCreditsConserved();
    }

    function invariant_ListingsKept() external view {
        _books.assertListingsKept();
    }

    function invariant_MoneyKept() external view {
        _books.assertMoneyKept();
    }

    function invariant_CertificatesCounted() external view {
        _books.assertCertificatesCounted();
    }
}
