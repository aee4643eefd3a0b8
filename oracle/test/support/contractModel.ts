import assert from 'node:assert/strict';
import {
  batchIdOf,
  buildTree,
  creditBatchDown,
  joinLeaves,
  rootOf,
  type Carry,
  type ChainRecord,
  type DevicePosition,
  type Hex,
} from '@truetonne/protocol';
import { vintageOf, yearOf } from '../../src/domain/calendar.ts';
import type { ProjectTerms } from '../../src/domain/judge.ts';
import type { BatchPlan, PendingDevice } from '../../src/domain/plan.ts';

const FACTOR_UG_PER_WH = 352_000n;

/** What the contract requires of a submission (contracts/parts/Batches.sol), as assertions. */
export interface ContractModel {
  readonly positionOf: (deviceId: Hex) => DevicePosition;
  /** Accepts a batch or throws; answers what the chain would say of it. */
  readonly submit: (plan: BatchPlan, fileDigest: Hex) => Promise<ChainRecord>;
}

export function createContractModel(
  domain: Hex,
  terms: ProjectTerms,
  devices: readonly PendingDevice[],
): ContractModel {
  const positions = new Map(devices.map(({ deviceId, opening }) => [deviceId, opening]));
  const known = new Map(devices.map((device) => [device.deviceId, device]));
  let carry: Carry = { deficitWh: 0n, remainderUg: 0n };
  let number = 0;

  function positionOf(deviceId: Hex): DevicePosition {
    const position = positions.get(deviceId);
    assert.ok(position, 'DeviceUnknown');
    return position;
  }

  function advance(plan: BatchPlan): ChainRecord['devices'] {
    return plan.devices.map(({ deviceId, closing }) => {
      const opening = positionOf(deviceId);
      const device = known.get(deviceId);
      assert.ok(device);
      const { sequence, closedAt, exportWh, importWh } = closing.header;
      assert.ok(device.revokedFrom === undefined || closedAt < device.revokedFrom, 'DeviceRevoked');
      assert.ok(sequence > opening.sequence, 'SequenceReplay');
      assert.ok(closedAt > opening.closedAt, 'TimeOverlap');
      assert.ok(exportWh >= opening.exportWh && importWh >= opening.importWh, 'RegisterRollback');
      assert.ok(
        opening.closedAt >= plan.periodStart && closedAt <= plan.periodEnd,
        'OutsidePeriod',
      );
      const exportedWh = exportWh - opening.exportWh;
      const importedWh = importWh - opening.importWh;
      const seconds = BigInt(closedAt - opening.closedAt);
      assert.ok(exportedWh * 3600n <= device.capacityW * seconds + 3600n, 'CapacityExceeded');
      positions.set(deviceId, { sequence, closedAt, exportWh, importWh });
      const { capacityW } = device;
      return {
        deviceId,
        openingSequence: opening.sequence,
        openingClosedAt: opening.closedAt,
        sequence,
        closedAt,
        exportWh,
        importWh,
        exportedWh,
        importedWh,
        capacityW,
      };
    });
  }

  return {
    positionOf,
    async submit(plan, fileDigest) {
      assert.ok(plan.periodStart < plan.periodEnd, 'PeriodInvalid');
      const advanced = advance(plan);
      const exportedWh = advanced.reduce((sum, device) => sum + device.exportedWh, 0n);
      const importedWh = advanced.reduce((sum, device) => sum + device.importedWh, 0n);
      const { deductedWh, periodStart, periodEnd } = plan;
      assert.ok(deductedWh <= exportedWh, 'DeductionExceedsExport');
      const vintage = vintageOf(periodEnd, terms.utcOffsetMinutes);
      if (deductedWh < exportedWh) {
        assert.ok(periodStart >= terms.creditingFrom, 'OutsideCreditingPeriod');
        assert.ok(periodEnd <= terms.creditingUntil, 'OutsideCreditingPeriod');
        assert.equal(yearOf(periodStart, terms.utcOffsetMinutes), vintage, 'VintageSpan');
      }
      const opening = carry;
      const energy = { exportedWh, importedWh, deductedWh };
      const credited = creditBatchDown({ ...energy, factorUgPerWh: FACTOR_UG_PER_WH, carry });
      carry = credited.carry;
      number += 1;
      const leaves = joinLeaves(plan.windows.map(({ headerHash }) => headerHash));
      return {
        ...energy,
        ...{ domain, number, periodStart, periodEnd, vintage, fileDigest, devices: advanced },
        projectId: 1,
        batchId: batchIdOf(1, number),
        root: rootOf(await buildTree(leaves)),
        creditableWh: credited.creditableWh,
        grams: credited.grams,
        factorUgPerWh: FACTOR_UG_PER_WH,
        openingDeficitWh: opening.deficitWh,
        openingRemainderUg: opening.remainderUg,
      };
    },
  };
}
