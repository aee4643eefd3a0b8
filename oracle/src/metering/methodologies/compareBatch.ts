import { setImmediate } from 'node:timers/promises';
import type { Reading, ReadingEnergy, SealedWindow } from '@truetonne/protocol';
import {
  compareDevice,
  medianDown,
  type DeviceComparison,
  type LitReading,
} from '../../domain/comparison.ts';
import { judgeWindow, type ProjectTerms } from '../../domain/judge.ts';
import type { BatchRow, ProjectRow } from '../../store/tables/schema.ts';
import { termsOf } from '../judge/devices.ts';
import { readBatchSpan, type SpanDevice, type SpanSource } from './spans.ts';

/** Windows walked before others have their turn: a few milliseconds. */
const TURN = 500;

export interface BatchComparison extends DeviceComparison {
  readonly deviceId: string;
  readonly capacityW: bigint;
  /** Yield above (or below) the median of the plant, x 10,000; undefined where that is zero. */
  readonly fromMedianE4: bigint | undefined;
}

/** Every device of a batch against its irradiance and the others, from the batch's own file. */
export async function compareBatch(
  source: SpanSource,
  project: ProjectRow,
  batch: BatchRow,
): Promise<readonly BatchComparison[]> {
  const terms = termsOf(project);
  const compared = [];
  const { devices } = await readBatchSpan(source, batch);
  for (const device of devices) {
    const [first] = device.windows;
    if (first === undefined) continue;
    const { deviceId } = first.header;
    const readings = await walk(device, terms);
    const { capacityW } = device;
    const found = compareDevice(readings, capacityW, project.utcOffsetMinutes);
    compared.push({ deviceId, capacityW, ...found });
  }
  const median = medianDown(compared.map(({ yieldWhPerKw }) => yieldWhPerKw));
  return compared.map((one) => ({
    ...one,
    fromMedianE4:
      median === undefined || median === 0n
        ? undefined
        : ((one.yieldWhPerKw - median) * 10_000n) / median,
  }));
}

/** The readings with the energy that the batch took from the registers. */
async function walk(
  { start, capacityW, windows }: SpanDevice,
  terms: ProjectTerms,
): Promise<readonly LitReading[]> {
  const lit: LitReading[] = [];
  let [state, turn] = [start, 0];
  let last: Reading | undefined;
  for (const window of windows) {
    const [next, { energies }] = judgeWindow(state, window, capacityW, terms);
    lit.push(...litOf(window, energies, last));
    state = next;
    last = window.readings.at(-1);
    if (++turn % TURN === 0) await setImmediate();
  }
  return lit;
}

function litOf(
  { header, readings }: SealedWindow,
  energies: readonly ReadingEnergy[],
  last: Reading | undefined,
): readonly LitReading[] {
  return energies.flatMap(({ exportedWh }, index) => {
    const reading = readings[index];
    if (reading === undefined) return [];
    const from = readings[index - 1]?.at ?? header.openedAt;
    // A window begins with the last reading of the one before, unless there is a gap between them.
    const before = readings[index - 1] ?? (last?.at === from ? last : undefined);
    const now = reading.fields.irradianceMwM2;
    const then = before?.fields.irradianceMwM2 ?? now;
    const irradianceMwM2 = now === undefined || then === undefined ? undefined : (now + then) / 2n;
    return [{ from, at: reading.at, exportedWh, irradianceMwM2 }];
  });
}
