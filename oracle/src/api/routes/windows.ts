import {
  batchIdOf,
  buildTree,
  decodeHeader,
  HEADER_SIZE,
  joinLeaves,
  proofOf,
  toHex,
  TonneError,
  WINDOW_PREFIX_SIZE,
  type Hex,
} from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { acceptWindows, type WindowResult } from '../../metering/ingest/accept.ts';
import {
  decodeBinaryBody,
  decodeJsonBody,
  type SentWindow,
} from '../../metering/ingest/decodeBody.ts';
import { readJudgements } from '../../metering/judge/judgements.ts';
import { atPlace, problemOf, PROBLEM_TYPE } from '../../runtime/problem.ts';
import { findBatch, readBatchDevices } from '../../store/batches.ts';
import { readHeaderHashes } from '../../store/ranges.ts';
import { readingsOf } from '../../store/readings.ts';
import { readMark } from '../../store/settings.ts';
import type { BatchRow, WindowRow } from '../../store/tables/schema.ts';
import { findWindow } from '../../store/windows.ts';
import { readBody } from '../body.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice } from '../lookUp.ts';
import { getRoute, nothing, problemContent, type ApiEnv } from '../route.ts';
import {
  acceptanceSchema,
  idParameter,
  partlyRefusedSchema,
  windowSchema,
} from '../schemas/shared.ts';
import { judgementView, readingView } from '../views/reading.ts';

const BINARY = 'application/octet-stream';

const windowRoute = getRoute({
  path: '/v1/windows/{deviceId}/{sequence}',
  tag: 'windows',
  summary: 'A window with its bytes, readings, batch and proof',
  params: z.object({ deviceId: idParameter, sequence: z.coerce.number().int().positive() }),
  query: nothing,
  answer: windowSchema,
});

export function addWindowRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  describePost(app);
  app.post('/v1/windows', (context) => postWindows(context, api));
  app.openapi(windowRoute, async (context) => {
    const { deviceId, sequence } = context.req.valid('param');
    const device = await getKnownDevice(api, deviceId);
    const row = await findWindow(api.database, device.number, sequence);
    if (row === undefined) {
      throw new TonneError('WINDOW_UNKNOWN', { field: 'sequence', value: String(sequence) });
    }
    const judgements = await readJudgements(api, device, [row]);
    const place = { deviceId: device.deviceId, sequence };
    const readings = readingsOf(row.bytes).map((reading, index) => ({
      ...readingView(reading, index, place),
      ...judgementView(judgements.ofReading(row, index)),
    }));
    const held = judgements.batchOf(row);
    const batch = held && (await findBatch(api.database, held.projectId, held.number));
    const proof = batch && (await findProof(api, batch, row.headerHash));
    return context.json({ ...windowView(row), readings, ...batchView(batch, proof) }, 200);
  });
}

async function postWindows(context: Context<ApiEnv>, api: ApiContext): Promise<Response> {
  const { incoming } = context.env;
  const body = await readBody(incoming);
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== BINARY) {
    const expected = `application/json or ${BINARY}`;
    throw new TonneError('BODY_MALFORMED', { field: 'content-type', value: type ?? '', expected });
  }
  const sent = type === BINARY ? decodeBinaryBody(body) : decodeJsonBody(body.toString('utf8'));
  const results = await acceptWindows(api.acceptance, sent, { transport: 'http' });
  return answer(context, sent, results);
}

function answer(
  context: Context<ApiEnv>,
  sent: readonly SentWindow[],
  results: readonly WindowResult[],
): Response {
  const refused = results.filter((result) => result.status === 'refused');
  const [first] = refused;
  if (first === undefined) return context.json({ results }, 200);
  const views = results.map((result) =>
    result.status === 'refused'
      ? { status: result.status, problem: problemOf(atPlace(result.error, result.where)) }
      : result,
  );
  const limited = refused.filter(({ error }) => error.code === 'RATE_LIMITED');
  const alike = sent.length === 1 || limited.length === sent.length;
  const counts = { field: 'windows', value: `${refused.length} of ${sent.length}` };
  const problem = problemOf(alike ? first.error : new TonneError('WINDOWS_REFUSED', counts));
  const retryAfter = Math.max(0, ...limited.map((one) => one.retryAfter ?? 0));
  return new Response(JSON.stringify({ ...problem, results: views }), {
    status: problem.status,
    headers: {
      'content-type': PROBLEM_TYPE,
      ...(limited.length > 0 && { 'retry-after': String(retryAfter) }),
    },
  });
}

function windowView(row: WindowRow) {
  const header = decodeHeader(row.bytes);
  return {
    deviceId: header.deviceId,
    sequence: header.sequence,
    openedAt: header.openedAt,
    closedAt: header.closedAt,
    count: header.count,
    flags: header.flags,
    readingsHash: header.readingsHash,
    previousHash: header.previousHash,
    exportWh: String(header.exportWh),
    importWh: String(header.importWh),
    headerHash: row.headerHash,
    header: toHex(row.bytes.subarray(0, HEADER_SIZE)),
    signature: toHex(row.bytes.subarray(HEADER_SIZE, WINDOW_PREFIX_SIZE)),
    readingsBytes: toHex(row.bytes.subarray(WINDOW_PREFIX_SIZE)),
    receivedAt: row.receivedAt,
  };
}

interface Proof {
  readonly leafIndex: number;
  readonly proof: Hex[];
}

function batchView(batch: BatchRow | undefined, proof: Proof | undefined) {
  const batchId = batch === undefined ? null : String(batchIdOf(batch.projectId, batch.number));
  return { batchId, leafIndex: proof?.leafIndex ?? null, proof: proof?.proof ?? null };
}

/** The path from a window to its batch's root; `undefined` when another oracle made the batch. */
async function findProof(
  { database }: ApiContext,
  batch: BatchRow,
  headerHash: Hex,
): Promise<Proof | undefined> {
  if (!batch.own) return undefined;
  const mark = await readMark(database);
  const leaves: Hex[] = [];
  for (const device of await readBatchDevices(database, batch.key)) {
    const { deviceNumber, openingSequence: after, closingSequence: upTo } = device;
    const rows = await readHeaderHashes(database, { deviceNumber, after, upTo, mark });
    leaves.push(...rows.map((row) => row.headerHash));
  }
  const leafIndex = leaves.indexOf(headerHash);
  if (leafIndex < 0) return undefined;
  return { leafIndex, proof: [...proofOf(await buildTree(joinLeaves(leaves)), leafIndex)] };
}

/** The body may be binary or any of three JSON forms, so it is described here and checked by hand. */
function describePost(app: OpenAPIHono<ApiEnv>): void {
  const window = z.object({
    header: z.string().openapi({ description: 'Hex of the 176 header bytes' }),
    signature: z.string().openapi({ description: 'Hex of r and s' }),
    readings: z
      .union([z.string(), z.array(z.record(z.string(), z.unknown()))])
      .openapi({ description: "Hex of the readings, or the device's JSON objects" }),
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/windows',
    tags: ['windows'],
    summary: 'Send one window or many; answered after they are stored for good',
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.union([window, z.object({ windows: z.array(window) })]),
          },
          [BINARY]: {
            schema: z.string().openapi({
              format: 'binary',
              description: 'header, signature, readings; again and again',
            }),
          },
        },
      },
    },
    responses: {
      200: {
        description: 'All are stored',
        content: { 'application/json': { schema: acceptanceSchema } },
      },
      422: {
        description: 'Some were refused; the others are stored',
        content: { [PROBLEM_TYPE]: { schema: partlyRefusedSchema } },
      },
      '4XX': { description: 'The window, or the body, was refused', content: problemContent },
    },
  });
}
