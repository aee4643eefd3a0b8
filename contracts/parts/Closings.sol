// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Bytes} from "../libraries/Bytes.sol";
import {Checks} from "../libraries/Checks.sol";
import {DeviceSignature} from "../libraries/DeviceSignature.sol";
import {DeviceSlot} from "../types/DeviceSlot.sol";
import {DeviceLife} from "./DeviceLife.sol";
import {DeviceState} from "./Devices.sol";
import {IBatches} from "../interfaces/IBatches.sol";
import {WindowHeader} from "../libraries/WindowHeader.sol";

/// @dev What all devices of a batch are checked against.
struct Frame {
    uint64 batchId;
    uint32 projectId;
    uint40 periodStart;
    uint40 periodEnd;
    bytes32 domain;
}

/// @title Closings
/// @dev Checks the closing windows of a batch and moves their devices forward.
abstract contract Closings is IBatches, DeviceLife {
    using Bytes for bytes;
    using WindowHeader for bytes;

    uint256 private constant SIGNATURE_AT = DeviceSignature.PUBLIC_KEY_SIZE;
    uint256 private constant HEADER_AT = SIGNATURE_AT + DeviceSignature.SIZE;
    uint256 private constant CLOSING_SIZE = HEADER_AT + WindowHeader.SIZE;

    /// @dev Moves every device forward and adds up what the devices exported and imported.
    function _advanceAll(
        Frame memory frame,
        bytes calldata closings
    ) internal returns (uint256 exportedWh, uint256 importedWh) {
        if (closings.length == 0 || closings.length % CLOSING_SIZE != 0) {
            revert WindowHeader.WindowTruncated(
                closings.length,
                (closings.length / CLOSING_SIZE + 1) * CLOSING_SIZE
            );
        }

        // No overflow: each device adds less than 2^56.
        unchecked {
            for (uint256 start = 0; start < closings.length; start += CLOSING_SIZE) {
                bytes calldata record = closings.sliceAt(start, CLOSING_SIZE);
                (uint256 exported, uint256 imported) = _advanceOne(frame, record);
                exportedWh += exported;
                importedWh += imported;
            }
        }
    }

    /// @dev Checks one closing record, and puts it in the place of the device's last credited window.
    function _advanceOne(
        Frame memory frame,
        bytes calldata record
    ) private returns (uint256 exportedWh, uint256 importedWh) {
        bytes calldata header = record.sliceAt(HEADER_AT, WindowHeader.SIZE);
        _checkOrigin(header, frame.domain);
        bytes32 deviceId = header.deviceIdOf();
        DeviceState storage state = _devices[deviceId];
        DeviceSlot opening = state.slot;
        if (!opening.isBoundTo(frame.projectId)) {
            _checkRevoked(deviceId, opening, header, frame.projectId);
        }
        header.checkTimeOrder();
        _checkSignature(deviceId, header, record);

        DeviceSlot closing = opening.advanced(
            header.sequenceOf(),
            header.closedAtOf(),
            header.exportWhOf(),
            header.importWhOf()
        );
        _checkForward(deviceId, opening, closing);
        _checkPeriod(deviceId, opening, closing, frame);
        // No underflow: registers are not behind.
        unchecked {
            exportedWh = closing.exportWh() - opening.exportWh();
            importedWh = closing.importWh() - opening.importWh();
        }
        _checkCapacity(deviceId, opening, closing, exportedWh);

        state.slot = closing;

        emit DeviceAdvanced(frame.batchId, deviceId, opening, closing);
    }

    /// @dev A device that is not simply bound: only a revoked one of the project may pass, with a
    /// window that closed before.
    function _checkRevoked(
        bytes32 deviceId,
        DeviceSlot opening,
        bytes calldata header,
        uint32 projectId
    ) private view {
        uint32 found = opening.projectId();
        _checkKnown(deviceId, opening);
        Checks.notFrozen(deviceId, opening.status());
        if (found == 0) revert DeviceUnbound(deviceId);
        if (found != projectId) revert DeviceOfOtherProject(deviceId, found, projectId);
        _checkRevocation(deviceId, header.closedAtOf());
    }

    function _checkSignature(
        bytes32 deviceId,
        bytes calldata header,
        bytes calldata record
    ) private view {
        DeviceSignature.check(
            deviceId,
            header.sha256Of(),
            record.sliceAt(0, DeviceSignature.PUBLIC_KEY_SIZE),
            record.sliceAt(SIGNATURE_AT, DeviceSignature.SIZE)
        );
    }

    function _checkForward(bytes32 deviceId, DeviceSlot opening, DeviceSlot closing) private pure {
        if (closing.sequence() <= opening.sequence()) {
            revert SequenceReplay(deviceId, closing.sequence(), opening.sequence());
        }
        if (closing.closedAt() <= opening.closedAt()) {
            revert TimeOverlap(deviceId, closing.closedAt(), opening.closedAt());
        }
        if (closing.exportWh() < opening.exportWh() || closing.importWh() < opening.importWh()) {
            revert RegisterRollback(
                deviceId,
                closing.exportWh(),
                closing.importWh(),
                opening.exportWh(),
                opening.importWh()
            );
        }
    }

    function _checkPeriod(
        bytes32 deviceId,
        DeviceSlot opening,
        DeviceSlot closing,
        Frame memory frame
    ) private pure {
        if (opening.closedAt() < frame.periodStart || closing.closedAt() > frame.periodEnd) {
            revert OutsidePeriod(
                deviceId,
                opening.closedAt(),
                closing.closedAt(),
                frame.periodStart,
                frame.periodEnd
            );
        }
    }

    /// @dev One Wh is allowed for the rounding of the register (SPEC section 7).
    function _checkCapacity(
        bytes32 deviceId,
        DeviceSlot opening,
        DeviceSlot closing,
        uint256 exportedWh
    ) private pure {
        // No underflow: the window closes later. No overflow: 56, 40 and 32 bits.
        unchecked {
            uint256 elapsed = closing.closedAt() - opening.closedAt();
            uint256 allowedWs = opening.capacityW() * elapsed + 1 hours;
            if (exportedWh * 1 hours > allowedWs) {
                revert CapacityExceeded(deviceId, exportedWh, allowedWs / 1 hours);
            }
        }
    }
}
