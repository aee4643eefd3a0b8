import { decodeHeader, TonneError } from '@truetonne/protocol';
import { z } from '@hono/zod-openapi';
import { isBrokenOff, type JobHandler, type JobRun } from '../../jobs/run.ts';
import { problemOf } from '../../runtime/problem.ts';
import type { Acceptance, WindowResult } from '../ingest/accept.ts';
import { acceptPatiently } from '../ingest/patience.ts';
import { parseUnverified, type UnverifiedReading } from '../unverified/parse.ts';
import { saveUnverified } from '../unverified/store.ts';
import { readRows, type CsvRow } from './csv.ts';
import { filesOf } from './files.ts';
import type { UploadOptions } from './options.ts';
import { dropFile } from './remove.ts';
import { createReport, type ReportLine, type ReportWriter } from './report.ts';
import { toReadingJson } from './values.ts';
import { joinRows, type FileWindow } from './windowRows.ts';

/** The kind of job that reads uploads. */
export const UPLOAD_JOB = 'upload';

/** Rows handled together, and a window's last ones: each is kept in memory until it is reported on. */
const CHUNK_ROWS = 2_000;

/** What an upload's job writes when it ends. */
export const uploadOutputShape = z.object({
  accepted: z.int(),
  duplicate: z.int(),
  refused: z.int(),
});

const inputShape = z.object({
  options: z.custom<UploadOptions>((value) => typeof value === 'object'),
});

interface Reading extends ReadingContext {
  readonly report: ReportWriter;
  readonly run: JobRun;
  readonly counts: Record<ReportLine['status'], number>;
}

interface ReadingContext {
  readonly acceptance: Acceptance;
  readonly dataFolder: string;
  readonly now: () => number;
}

/**
 * Reads an uploaded file, stores what is sound, and reports on each row. The file is deleted after it,
 * unless it is to be read again.
 */
export function createUploadReader(context: ReadingContext): JobHandler {
  const kept = { database: context.acceptance.database, dataFolder: context.dataFolder };
  return async (input, run) => {
    try {
      const counts = await read(context, input, run);
      await dropFile(kept, run.id);
      return counts;
    } catch (error) {
      if (!isBrokenOff(error, run.signal)) await dropFile(kept, run.id);
      throw error;
    }
  };
}

async function read(context: ReadingContext, input: unknown, run: JobRun) {
  const { options } = inputShape.parse(input);
  const { file, report: path } = filesOf(context.dataFolder, run.id);
  const report = await createReport(path);
  const counts = { accepted: 0, duplicate: 0, refused: 0 };
  const reading = { ...context, report, run, counts };
  try {
    const rows = readRows(file, options);
    if (options.kind === 'windows') await readWindows(reading, rows);
    else await readReadings(reading, rows);
  } finally {
    await report.close();
  }
  if (counts.accepted + counts.duplicate + counts.refused === 0)
    throw new TonneError('UPLOAD_EMPTY');
  return counts;
}

async function readWindows(reading: Reading, rows: AsyncIterable<CsvRow>): Promise<void> {
  const { acceptance, run } = reading;
  for await (const windows of inChunks(joinRows(rows), (window) => window.rows.length)) {
    const origin = { transport: 'csv' } as const;
    const results = await acceptPatiently(acceptance, windows, origin, Infinity, run.signal);
    await add(
      reading,
      windows.flatMap((window, index) => linesOf(window, results[index])),
    );
  }
}

function linesOf(window: FileWindow, result: WindowResult | undefined): readonly ReportLine[] {
  if (result === undefined) return [];
  const refused = result.status === 'refused';
  const device = refused ? deviceOf(window) : result.deviceId;
  const sequence = String(result.sequence ?? '');
  return window.rows.map(({ line }) => ({
    ...{ line, status: result.status, device, sequence },
    ...reasonOf(refused ? result.error : undefined),
  }));
}

function deviceOf({ bytes }: FileWindow): string {
  try {
    return bytes instanceof TonneError ? '' : decodeHeader(bytes).deviceId;
  } catch {
    return '';
  }
}

async function readReadings(reading: Reading, rows: AsyncIterable<CsvRow>): Promise<void> {
  const { acceptance, now, run } = reading;
  for await (const chunk of inChunks(rows, () => 1)) {
    const parsed = chunk.map((row) => ({ row, reading: parse(row) }));
    const sound = parsed.flatMap((one) => (one.reading instanceof TonneError ? [] : [one.reading]));
    const isNew = await saveUnverified(acceptance.database, sound, now(), run.id);
    const stored = new Map(sound.map((one, index) => [one, isNew[index] === true]));
    await add(
      reading,
      parsed.map(({ row, reading: one }) => lineOf(row, one, stored)),
    );
  }
}

function parse(row: CsvRow): UnverifiedReading | TonneError {
  try {
    return parseUnverified(toReadingJson(row), 'row');
  } catch (error) {
    if (error instanceof TonneError) return error;
    throw error;
  }
}

function lineOf(
  { line, cells }: CsvRow,
  reading: UnverifiedReading | TonneError,
  stored: ReadonlyMap<UnverifiedReading, boolean>,
): ReportLine {
  const place = { line, device: cells.get('device_id') ?? '', sequence: '' };
  if (reading instanceof TonneError) return { ...place, status: 'refused', ...reasonOf(reading) };
  const status = stored.get(reading) === true ? 'accepted' : 'duplicate';
  return { ...place, status, ...reasonOf(undefined) };
}

function reasonOf(
  error: TonneError | undefined,
): Pick<ReportLine, 'code' | 'field' | 'value' | 'detail'> {
  if (error === undefined) return { code: '', field: '', value: '', detail: '' };
  const { code, field = '', value = '', detail } = problemOf(error);
  return { code, field, value, detail };
}

async function add({ report, run, counts }: Reading, lines: readonly ReportLine[]): Promise<void> {
  await report.add(lines);
  for (const { status } of lines) counts[status]++;
  await run.report(counts.accepted + counts.duplicate + counts.refused);
}

async function* inChunks<T>(
  source: AsyncIterable<T>,
  rowsOf: (one: T) => number,
): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  let rows = 0;
  for await (const one of source) {
    chunk.push(one);
    rows += rowsOf(one);
    if (rows < CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
    rows = 0;
  }
  if (chunk.length > 0) yield chunk;
}
