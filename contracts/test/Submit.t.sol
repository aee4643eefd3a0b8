// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBatches} from "../interfaces/IBatches.sol";
import {IDevices} from "../interfaces/IDevices.sol";
import {Meter, Window} from "./support/Meter.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

/// @notice `submit` of one device against what SPEC says of any two states.
///
/// submit
/// ├── when the window does not lie forward
/// │   ├── in sequence ............ SequenceReplay
/// │   ├── in time ................ TimeOverlap
/// │   └── in a register .......... RegisterRollback
/// ├── when it is more than capacity x time gives .. CapacityExceeded
/// ├── when anything signed was altered ............ refused
/// ├── when the chain was split .................... DomainMismatch on the other side
/// └── otherwise it credits the difference of the registers, once
contract SubmitTest is RegistryTest {
    uint256 private constant KEY = 0xdecade;
    uint32 private constant CAPACITY_W = 6_000;
    uint64 private constant CLAIMED_AT = NOON - 10 days;
    uint64 private constant EXPORT_WH = 1_000_000;
    uint64 private constant IMPORT_WH = 5_000;

    uint32 private _projectId;
    bytes32 private _deviceId;

    function setUp() external {
        _deviceId = Meter.idOf(KEY);
        deployRegistry();
        _projectId = createPlant(CAPACITY_W);
        createDevice(KEY, _projectId, CAPACITY_W, CLAIMED_AT, EXPORT_WH, IMPORT_WH);
    }

    function testFuzz_CreditsTheDifferenceOnce(
        uint64 exportedSeed,
        uint64 importedSeed,
        uint64 deductedSeed,
        uint32 elapsedSeed
    ) external {
        uint64 elapsed = uint64(bound(elapsedSeed, 1, 10 days));
        uint64 exported = uint64(bound(exportedSeed, 0, _allowed(elapsed)));
        uint64 imported = uint64(bound(importedSeed, 0, type(uint56).max - IMPORT_WH));
        uint64 deducted = uint64(bound(deductedSeed, 0, exported));
        Window memory window = _window(1, elapsed, exported, imported);

        uint64 batchId = _submit(window, deducted);

        int256 net = int256(uint256(exported)) - int256(uint256(imported)) - int64(deducted);
        uint256 creditable = net > 0 ? uint256(net) : 0;
        assertEq(registry.batch(batchId).creditableWh, creditable, "creditableWh");
        assertEq(
            registry.batch(batchId).grams,
            (creditable * FACTOR_UG_PER_WH) / 1_000_000,
            "grams"
        );

        bytes memory closing = Meter.closingOf(KEY, window);
        vm.expectRevert(abi.encodeWithSelector(IBatches.SequenceReplay.selector, _deviceId, 1, 1));
        vm.prank(SUBMITTER);
        registry.submit(submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing);
    }

    function testFuzz_RefusesWhatIsNotForward(
        uint32 sequence,
        uint40 closedAt,
        uint56 exportWh,
        uint56 importWh
    ) external {
        Window memory first = _window(100, 5 days, 700, 30);
        _submit(first, 0);

        Window memory next = first;
        next.sequence = uint64(bound(sequence, 1, 200));
        next.closedAt = uint64(bound(closedAt, NOON - 10 days, NOON));
        next.openedAt = next.closedAt - 1;
        next.exportWh = uint64(bound(exportWh, EXPORT_WH, EXPORT_WH + 1_400));
        next.importWh = uint64(bound(importWh, IMPORT_WH, IMPORT_WH + 60));
        bytes4 expected = _refusal(next);
        bytes memory closing = Meter.closingOf(KEY, next);

        if (expected != bytes4(0)) vm.expectPartialRevert(expected);
        vm.prank(SUBMITTER);
        registry.submit(submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing);
    }

    function testFuzz_CapacityIsExact(uint32 elapsedSeed, uint64 above) external {
        uint64 elapsed = uint64(bound(elapsedSeed, 1, 10 days));
        uint64 allowed = _allowed(elapsed);
        Window memory window = _window(
            1,
            elapsed,
            allowed + uint64(bound(above, 1, type(uint56).max - EXPORT_WH - allowed)),
            0
        );
        bytes memory closing = Meter.closingOf(KEY, window);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBatches.CapacityExceeded.selector,
                _deviceId,
                window.exportWh - EXPORT_WH,
                allowed
            )
        );
        vm.prank(SUBMITTER);
        registry.submit(submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing);

        window.exportWh = EXPORT_WH + allowed;
        _submit(window, 0);
    }

    /// @notice No bit of key, signature or header can be changed.
    function testFuzz_RefusesEveryAlteration(uint16 bitSeed) external {
        bytes memory closing = Meter.closingOf(KEY, _window(1, 5 days, 700, 30));
        uint256 bit = bound(bitSeed, 0, 304 * 8 - 1);
        closing[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));

        vm.prank(SUBMITTER);
        (bool accepted, ) = address(registry).call(
            abi.encodeCall(
                IBatches.submit,
                (submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing)
            )
        );
        assertTrue(!accepted, "refused");
    }

    function testFuzz_RefusesAnyOtherSignature(bytes32 r, bytes32 s) external {
        Window memory window = _window(1, 5 days, 700, 30);
        bytes memory header = Meter.headerOf(KEY, window);
        bytes memory closing = abi.encodePacked(Meter.publicKeyOf(KEY), r, s, header);
        vm.prank(SUBMITTER);
        (bool accepted, ) = address(registry).call(
            abi.encodeCall(
                IBatches.submit,
                (submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing)
            )
        );
        assertTrue(!accepted, "refused");
    }

    function testFuzz_RefusesAnyOtherCaller(address caller) external {
        vm.assume(caller != SUBMITTER);
        vm.expectRevert(
            abi.encodeWithSelector(IBatches.NotSubmitter.selector, _projectId, caller, SUBMITTER)
        );
        vm.prank(caller);
        registry.submit(submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), "");
    }

    function testFuzz_TakesNothingFromBeforeASplit(uint64 chainIdSeed) external {
        bytes32 before = registry.domain();
        bytes memory closing = Meter.closingOf(KEY, _window(1, 5 days, 700, 30));
        uint256 chainId = bound(chainIdSeed, 1, type(uint64).max);
        vm.assume(chainId != block.chainid);
        vm.chainId(chainId);
        bytes32 afterwards = registry.domain();
        assertTrue(afterwards != before, "another domain");
        assertTrue(
            afterwards ==
                sha256(abi.encodePacked("TrueTonne/v1/domain", uint64(chainId), address(registry))),
            "the domain of the other chain"
        );
        vm.expectRevert(
            abi.encodeWithSelector(IDevices.DomainMismatch.selector, before, afterwards)
        );
        vm.prank(SUBMITTER);
        registry.submit(submissionOf(_projectId, 0, uint40(CLAIMED_AT), NOON), closing);
    }

    /// @dev The refusal that SPEC's order gives after `first` of the test above; 0 for none.
    function _refusal(Window memory next) private pure returns (bytes4) {
        if (next.sequence <= 100) return IBatches.SequenceReplay.selector;
        if (next.closedAt <= CLAIMED_AT + 5 days) return IDevices.TimeOverlap.selector;
        if (next.exportWh < EXPORT_WH + 700 || next.importWh < IMPORT_WH + 30) {
            return IBatches.RegisterRollback.selector;
        }
        uint64 elapsed = next.closedAt - CLAIMED_AT - 5 days;
        if (next.exportWh - EXPORT_WH - 700 > _allowed(elapsed)) {
            return IBatches.CapacityExceeded.selector;
        }
        return 0;
    }

    /// @dev What SPEC section 7 allows, in whole Wh.
    function _allowed(uint64 elapsed) private pure returns (uint64) {
        return (uint64(CAPACITY_W) * elapsed + 3_600) / 3_600;
    }

    function _window(
        uint64 sequence,
        uint64 elapsed,
        uint64 exportedWh,
        uint64 importedWh
    ) private view returns (Window memory) {
        return
            Window({
                domain: registry.domain(),
                sequence: sequence,
                openedAt: CLAIMED_AT,
                closedAt: CLAIMED_AT + elapsed,
                exportWh: EXPORT_WH + exportedWh,
                importWh: IMPORT_WH + importedWh
            });
    }

    function _submit(Window memory window, uint64 deductedWh) private returns (uint64) {
        bytes memory closing = Meter.closingOf(KEY, window);
        vm.prank(SUBMITTER);
        return
            registry.submit(
                submissionOf(_projectId, deductedWh, uint40(CLAIMED_AT), NOON),
                closing
            );
    }
}
