import { batchIdOf, OPTIONAL_FIELD_NAMES } from '@truetonne/protocol';
import type { PeriodKind } from '../../domain/calendar.ts';
import { readingsOf } from '../../store/readings.ts';
import { readEnergy } from '../../store/rollups.ts';
import type { DeviceRow } from '../../store/tables/schema.ts';
import { readJudgements, type JudgementSource } from '../judge/judgements.ts';
import type { Row } from './columns.ts';
import { windowPages, type TimeSpan } from './windows.ts';

/** Told of how many windows or buckets were read; throws to end the reading. */
export type OnProgress = (read: number) => Promise<void>;

const MAX_BUCKETS = 200_000;

/** Readings of devices in a span, each with its state and reason. */
export async function* readingRows(
  source: JudgementSource,
  devices: readonly DeviceRow[],
  span: TimeSpan,
  onProgress?: OnProgress,
): AsyncGenerator<Row> {
  for (const device of devices) {
    for await (const windows of windowPages(source.database, device.number, span)) {
      const judgements = await readJudgements(source, device, windows);
      for (const window of windows) {
        for (const [index, reading] of readingsOf(window.bytes).entries()) {
          if (reading.at < span.from || reading.at >= span.to) continue;
          const { state, reason, deductedWh, batch } = judgements.ofReading(window, index);
          yield {
            deviceId: device.deviceId,
            sequence: BigInt(window.sequence),
            index: BigInt(index),
            at: BigInt(reading.at),
            exportWh: reading.exportWh,
            importWh: reading.importWh,
            status: BigInt(reading.status),
            ...Object.fromEntries(
              OPTIONAL_FIELD_NAMES.map((name) => [name, reading.fields[name] ?? null]),
            ),
            state,
            reason: reason ?? null,
            deductedWh,
            batchId: batch === undefined ? null : String(batchIdOf(batch.projectId, batch.number)),
          };
        }
      }
      await onProgress?.(windows.length);
    }
  }
}

/** Energy of devices by bucket, for buckets that begin in a span. */
export async function* energyRows(
  { database }: JudgementSource,
  devices: readonly DeviceRow[],
  bucket: 'hour' | PeriodKind,
  { from, to }: TimeSpan,
  onProgress?: OnProgress,
): AsyncGenerator<Row> {
  for (const { number, deviceId } of devices) {
    const span = { from, to: to - 1 };
    const buckets = await readEnergy(database, number, bucket, span, MAX_BUCKETS);
    for (const { startsAt, readings, exportedWh, importedWh, deductedWh } of buckets) {
      const counts = { startsAt: BigInt(startsAt), readings: BigInt(readings) };
      yield { deviceId, ...counts, exportedWh, importedWh, deductedWh };
    }
    await onProgress?.(buckets.length);
  }
}
