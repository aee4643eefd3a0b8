import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TonneError } from '@truetonne/protocol';
import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { z } from 'zod';
import { saveKeptBytes } from '../../jobs/jobStore.ts';
import { assertFits, type JobQuota } from '../../jobs/quota.ts';
import type { JobHandler, JobRun } from '../../jobs/run.ts';
import { countWindows } from '../../store/history.ts';
import { readDevices } from '../../store/registry.ts';
import type { DeviceRow } from '../../store/tables/schema.ts';
import type { JudgementSource } from '../judge/judgements.ts';
import { ENERGY_COLUMNS, READING_COLUMNS, type Column, type Row } from './columns.ts';
import { toCsv } from './csv.ts';
import { energyRows, readingRows } from './rows.ts';

/** The kind of job in the queue. */
export const EXPORT_JOB = 'export';

/** Rows of a group in a Parquet file, which are in memory together. */
const ROW_GROUP = 50_000;

/** What an export is asked for: readings or energy of a project or a device in [from, to). */
export const exportShape = z.object({
  kind: z.enum(['readings', 'energy']),
  projectId: z.int().positive().optional(),
  deviceId: z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)]).optional(),
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  format: z.enum(['csv', 'parquet']),
  bucket: z.enum(['hour', 'day', 'month']).default('day'),
});

export type ExportRequest = z.infer<typeof exportShape>;

export const exportOutputShape = z.object({ rows: z.int(), size: z.int() });

/** In the data folder. */
export const EXPORT_FOLDER = 'exports';

/** Where the file of an export lies. */
export function exportPath(
  dataFolder: string,
  id: string,
  format: ExportRequest['format'],
): string {
  return join(dataFolder, EXPORT_FOLDER, `${id}.${format}`);
}

interface Exporting extends JudgementSource {
  readonly quota: JobQuota;
}

/** Writes exports. One that was broken off begins anew; a file is there under its name once it is whole. */
export function createExporter(source: Exporting, dataFolder: string): JobHandler {
  return async (input, run) => {
    const request = exportShape.parse(input);
    const devices = await devicesOf(source, request);
    const path = exportPath(dataFolder, run.id, request.format);
    const partial = `${path}.part`;
    await mkdir(join(dataFolder, EXPORT_FOLDER), { recursive: true });
    try {
      const rows = await write(source, request, devices, partial, run);
      const { size } = await stat(partial);
      await saveKeptBytes(source.database, run.id, size);
      assertFits(size, source.quota);
      await rename(partial, path);
      return { rows, size };
    } catch (error) {
      await rm(partial, { force: true });
      await saveKeptBytes(source.database, run.id, 0);
      throw error;
    }
  };
}

async function devicesOf(
  { database }: JudgementSource,
  { projectId, deviceId }: ExportRequest,
): Promise<readonly DeviceRow[]> {
  const devices = await readDevices(database, { projectId });
  const chosen = devices.filter((one) => deviceId === undefined || one.deviceId === deviceId);
  if (chosen.length > 0 || deviceId === undefined) return chosen;
  throw new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: deviceId });
}

async function write(
  source: Exporting,
  request: ExportRequest,
  devices: readonly DeviceRow[],
  path: string,
  run: JobRun,
): Promise<number> {
  const { kind, bucket, format } = request;
  const total =
    kind === 'readings'
      ? await countWindows(
          source.database,
          devices.map(({ number }) => number),
          request,
        )
      : undefined;
  let done = 0;
  let rows = 0;
  const onProgress = async (read: number): Promise<void> => {
    done += read;
    await run.report(done, total);
    // What its owner keeps grows while it is written, and it can't be larger than all of that.
    const { size } = await stat(path);
    await saveKeptBytes(source.database, run.id, size);
    assertFits(size, source.quota);
  };
  async function* counted(read: AsyncIterable<Row>): AsyncGenerator<Row> {
    for await (const row of read) {
      rows++;
      yield row;
    }
  }
  const [columns, read] =
    kind === 'readings'
      ? ([READING_COLUMNS, readingRows(source, devices, request, onProgress)] as const)
      : ([ENERGY_COLUMNS, energyRows(source, devices, bucket, request, onProgress)] as const);
  const writeFile = format === 'csv' ? writeCsv : writeParquet;
  await writeFile(path, columns, counted(read));
  return rows;
}

async function writeCsv(
  path: string,
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
): Promise<void> {
  await pipeline(Readable.from(toCsv(columns, rows)), createWriteStream(path));
}

async function writeParquet(
  path: string,
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(path),
    rows,
    columns: columns.map(({ name, type }) => ({
      name,
      type: type === 'int64' ? ('INT64' as const) : ('STRING' as const),
      nullable: true,
    })),
    rowGroupSize: ROW_GROUP,
  });
}
