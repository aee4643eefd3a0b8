// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Assertions} from "./support/Assertions.sol";
import {BatchSlot, BatchSlots} from "../types/BatchSlot.sol";
import {BatchStatus, ClaimKind} from "../types/Batch.sol";
import {BatchTerms, BatchTermsCodec} from "../types/BatchTerms.sol";
import {Tally} from "../types/Tally.sol";
import {DeviceSlot, DeviceSlots} from "../types/DeviceSlot.sol";
import {DeviceStatus} from "../types/Device.sol";

/// @notice What goes into a packed slot comes out again, and nothing else moves.
contract SlotsTest is Assertions {
    struct Device {
        uint32 projectId;
        uint32 sequence;
        uint40 closedAt;
        uint56 exportWh;
        uint56 importWh;
        uint32 capacityW;
    }

    function testFuzz_DeviceLife(Device memory claim, Device memory next) external pure {
        DeviceSlot claimed = DeviceSlots.claimed(claim.closedAt, claim.exportWh, claim.importWh);
        _assertIs(claimed, Device(0, 0, claim.closedAt, claim.exportWh, claim.importWh, 0));
        assertEq(uint256(claimed.status()), uint256(DeviceStatus.Claimed), "claimed");

        DeviceSlot bound_ = claimed.bound(claim.projectId, claim.capacityW);
        claim.sequence = 0;
        _assertIs(bound_, claim);
        assertEq(uint256(bound_.status()), uint256(DeviceStatus.Bound), "bound");

        (next.projectId, next.capacityW) = (claim.projectId, claim.capacityW);
        DeviceSlot advanced = bound_.advanced(
            next.sequence,
            next.closedAt,
            next.exportWh,
            next.importWh
        );
        _assertIs(advanced, next);
        assertEq(uint256(advanced.status()), uint256(DeviceStatus.Bound), "advanced");

        DeviceSlot revoked = advanced.withStatus(DeviceStatus.Revoked);
        _assertIs(revoked, next);
        assertEq(uint256(revoked.status()), uint256(DeviceStatus.Revoked), "revoked");
    }

    /// @notice The order that docs/contracts.md gives, the lowest bits first.
    function testFuzz_DeviceLayout(Device memory device) external pure {
        DeviceSlot slot = DeviceSlots
            .claimed(0, 0, 0)
            .bound(device.projectId, device.capacityW)
            .advanced(device.sequence, device.closedAt, device.exportWh, device.importWh);
        bytes memory packed = abi.encodePacked(
            uint8(DeviceStatus.Bound),
            device.capacityW,
            device.importWh,
            device.exportWh,
            device.closedAt,
            device.sequence,
            device.projectId
        );
        assertEq(DeviceSlot.unwrap(slot), uint256(bytes32(packed)), "layout");
    }

    function testFuzz_IsBoundTo(uint32 projectId, uint32 other, uint32 capacityW) external pure {
        DeviceSlot claimed = DeviceSlots.claimed(1, 2, 3);
        DeviceSlot slot = claimed.bound(projectId, capacityW);
        assertTrue(slot.isBoundTo(projectId), "its own project");
        assertTrue(projectId == other || !slot.isBoundTo(other), "another project");
        assertTrue(!claimed.isBoundTo(0), "claimed only");
        assertTrue(!DeviceSlot.wrap(0).isBoundTo(0), "nothing");
        assertTrue(!slot.withStatus(DeviceStatus.Revoked).isBoundTo(projectId), "revoked");
    }

    function testFuzz_Batch(
        uint64 grams,
        uint64 creditableWh,
        uint40 periodEnd,
        uint16 vintage,
        uint40 blockNumber,
        uint8 demands
    ) external pure {
        BatchTerms terms = BatchTerms.wrap(demands);
        BatchSlot slot = BatchSlots.submitted(
            grams,
            creditableWh,
            periodEnd,
            vintage,
            blockNumber,
            terms
        );
        bool counts = demands & 0xf == 0;
        BatchStatus expected = counts ? BatchStatus.Verified : BatchStatus.Submitted;
        assertTrue(slot.terms().demandsNothing() == (demands & ~uint8(0x10) == 0), "demands");
        if (demands < 0x20) assertEq(uint256(slot.status()), uint256(expected), "submitted");
        BatchSlot[2] memory slots = [slot, slot.withStatus(BatchStatus.Minted)];
        for (uint256 i = 0; i < 2; ++i) {
            assertEq(slots[i].grams(), grams, "grams");
            assertEq(slots[i].creditableWh(), creditableWh, "creditableWh");
            assertEq(slots[i].periodEnd(), periodEnd, "periodEnd");
            assertEq(slots[i].vintage(), vintage, "vintage");
            assertEq(slots[i].blockNumber(), blockNumber, "blockNumber");
            assertEq(BatchTerms.unwrap(slots[i].terms()), demands, "terms");
        }
        assertEq(uint256(slots[1].status()), uint256(BatchStatus.Minted), "minted");
        assertEq(BatchSlot.unwrap(slot) >> 240, 0, "the rest is zero");
    }

    function testFuzz_BatchTerms(uint8 approvals, bool recomputation, bool energy) external pure {
        uint8 asked = approvals % 8;
        ClaimKind kind = energy ? ClaimKind.Energy : ClaimKind.Carbon;
        ClaimKind before = energy ? ClaimKind.Carbon : ClaimKind.Energy;
        BatchTerms terms = BatchTermsCodec.termsOf(asked, recomputation).claiming(before).claiming(
            kind
        );
        assertEq(terms.approvals(), asked, "approvals");
        assertTrue(terms.recomputation() == recomputation, "recomputation");
        assertEq(uint256(terms.kind()), uint256(kind), "kind");
        assertTrue(terms.demandsNothing() == (asked == 0 && !recomputation), "demands nothing");
    }

    /// @notice Whoever gave an opinion is found, nobody else, and the counts are those of the calls.
    function testFuzz_Tally(
        uint16[13] calldata numbers,
        uint16 stranger,
        uint8 round
    ) external pure {
        Tally tally = Tally.wrap(0);
        uint256 rounds = round % 4;
        for (uint256 i = 0; i < rounds; ++i) tally = tally.nextRound();
        for (uint256 i = 0; i < 13; ++i) {
            tally = i < 7 ? tally.withApproval(numbers[i]) : tally.withRejection(numbers[i]);
        }
        bool isStranger = true;
        for (uint256 i = 0; i < 13; ++i) {
            assertTrue(tally.has(numbers[i]), "has");
            isStranger = isStranger && numbers[i] != stranger;
        }
        assertTrue(tally.has(stranger) != isStranger, "stranger");
        assertEq(tally.approvals(), 7, "approvals");
        assertEq(tally.rejections(), 6, "rejections");
        assertEq(tally.round(), rounds, "round");
        assertTrue(!tally.recomputed() && tally.withRecomputation().recomputed(), "recomputed");
        Tally next = tally.withRecomputation().nextRound();
        assertEq(next.round(), rounds + 1, "next round");
        assertEq(next.approvals() + next.rejections(), 0, "empty");
        assertTrue(!next.recomputed() && !next.has(numbers[0]), "forgotten");
    }

    function _assertIs(DeviceSlot slot, Device memory expected) private pure {
        assertEq(slot.projectId(), expected.projectId, "projectId");
        assertEq(slot.sequence(), expected.sequence, "sequence");
        assertEq(slot.closedAt(), expected.closedAt, "closedAt");
        assertEq(slot.exportWh(), expected.exportWh, "exportWh");
        assertEq(slot.importWh(), expected.importWh, "importWh");
        assertEq(slot.capacityW(), expected.capacityW, "capacityW");
    }
}
