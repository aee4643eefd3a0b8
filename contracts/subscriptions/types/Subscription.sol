// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Tier} from "./Plan.sol";

/// @notice What a wallet has at a moment. The numbers are part of the ABI.
/// `Grace`: paid time ran out less than five days ago. `Canceled`: canceled less than five days ago.
/// `Disputed`: until somebody ends the dispute, though rights end at its deadline. `Ended`: the five days
/// are over.
enum State {
    Free,
    Trial,
    Active,
    Grace,
    Canceled,
    Disputed,
    Ended
}

/// @notice What a wallet may use now; what the Free plan gives where nothing is paid or in grace.
/// @param state See {State}.
/// @param planId The plan whose rights hold; 0 is Free.
/// @param tier Its tier.
/// @param seats People who may sign in.
/// @param devices Devices that may report.
/// @param apiCallsPerDay Calls of the API per UTC day.
/// @param features One bit per feature.
/// @param until Paid until then, Unix seconds; 0 without subscription.
/// @param endsAt The rights end then if nothing happens, grace included, Unix seconds; in a dispute at its
/// deadline at the latest.
struct Entitlement {
    State state;
    uint16 planId;
    Tier tier;
    uint32 seats;
    uint32 devices;
    uint32 apiCallsPerDay;
    uint64 features;
    uint40 until;
    uint40 endsAt;
}

/// @notice A subscription as it stands, money included.
/// @param state See {State}.
/// @param planId The plan it is or was for.
/// @param yearly Terms of 365 days and not 30.
/// @param tokenId What it is paid in.
/// @param paidTerms Terms paid in a row, counted up to 15, also those that have not begun.
/// @param since The money below is spread over [since, until), Unix seconds: evenly, or where terms are paid
/// ahead at another price, the running one at its own and the others evenly.
/// @param until Paid until then, Unix seconds.
/// @param funded Money to be earned from `since` on, smallest units.
/// @param unused Part of `funded` that is not earned: what `cancelAndRefund` pays. While it is disputed,
/// what the deadline would leave; see {Dispute}.
/// @param accrued Part of `funded` that is earned and not collected yet.
/// @param capCents Keepers may renew up to this price, US cents; 0 forbids it.
/// @param instalments Parts of a term; 0 and 1 are all at once.
/// @param instalmentsLeft Parts of the current term that are not paid yet.
/// @param receipts Number of the last receipt.
/// @param mayRefer Has paid or registered: can refer others and can't be referred any more.
/// @param trialUsed Has had a trial or paid: can't have a trial any more.
struct Subscription {
    State state;
    uint16 planId;
    bool yearly;
    uint8 tokenId;
    uint8 paidTerms;
    uint40 since;
    uint40 until;
    uint256 funded;
    uint256 unused;
    uint256 accrued;
    uint32 capCents;
    uint8 instalments;
    uint8 instalmentsLeft;
    uint16 receipts;
    bool mayRefer;
    bool trialUsed;
}

/// @notice A dispute that is open. All is zero where there is none.
/// @param openedAt Unix seconds.
/// @param deadline From then on the arbiter can't decide any more, Unix seconds.
/// @param stake Money that stands still, smallest units.
/// @param unused Part of it that the subscriber gets if nobody decides: what is not earned at the deadline,
/// because rights go on until then.
struct Dispute {
    uint40 openedAt;
    uint40 deadline;
    uint256 stake;
    uint256 unused;
}
