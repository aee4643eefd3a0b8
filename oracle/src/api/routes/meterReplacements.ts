import {
  createWebCryptoVerifier,
  decodeMeterReplacement,
  fromHex,
  meterReplacementHashOf,
  toHex,
  TonneError,
  verifyMeterReplacement,
} from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { retractJudgement } from '../../metering/judge/retract.ts';
import { lockJudgement } from '../../store/judgement.ts';
import {
  findReplacement,
  readReplacements,
  saveReplacement,
  type ReplacementView,
} from '../../store/life.ts';
import { findDevice } from '../../store/registry.ts';
import type { ApiContext } from '../context.ts';
import { readJsonBody } from '../jsonBody.ts';
import { getKnownDevice } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  nothing,
  pageQuery,
  parseCursor,
  problemContent,
  projectIdParameter,
  type ApiEnv,
} from '../route.ts';
import { meterReplacementSchema } from '../schemas/fleet.ts';
import { bytes, idParameter } from '../schemas/shared.ts';

const verify = createWebCryptoVerifier();

const bodyShape = z.object({ statement: bytes, signature: bytes });

const listRoute = getRoute({
  path: '/v1/meter-replacements',
  tag: 'devices',
  summary: "Statements that a device's meter was replaced, for the validator who signs them off",
  params: nothing,
  query: pageQuery.extend({
    project: projectIdParameter.optional(),
    device: idParameter.optional(),
    state: z.enum(['pending', 'signed']).optional(),
  }),
  answer: z.object({
    meterReplacements: z.array(meterReplacementSchema),
    nextCursor: cursorSchema,
  }),
});

export function addMeterReplacementRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(listRoute, async (context) => {
    const { project, device, state, limit, cursor } = context.req.valid('query');
    const [beforeId = 0] = parseCursor(cursor, [Number.MAX_SAFE_INTEGER]);
    const ofDevice = device === undefined ? undefined : await getKnownDevice(api, device);
    const filter = {
      projectId: project,
      deviceNumber: ofDevice?.number,
      pending: state === undefined ? undefined : state === 'pending',
    };
    const read = await readReplacements(api.database, filter, { beforeId, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, ({ row }) => String(row.id));
    return context.json({ meterReplacements: rows.map(replacementView), nextCursor }, 200);
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/meter-replacements',
    tags: ['devices'],
    summary: 'Keep a statement of a replaced meter (SPEC section 9) until a validator signs it off',
    request: { body: { content: { 'application/json': { schema: bodyShape } } } },
    responses: {
      202: {
        description: 'Kept; windows after it wait for the sign-off',
        content: { 'application/json': { schema: meterReplacementSchema } },
      },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
  app.post('/v1/meter-replacements', async (context) => {
    const body = await readJsonBody(context.env.incoming, bodyShape);
    return context.json(await keepReplacement(api, body), 202);
  });
}

/**
 * Checks a statement as the contract will, and keeps it. Windows after its sequence that were judged
 * without it are judged again, when the sign-off comes or at the deadline.
 */
async function keepReplacement(
  { database, domain, now }: ApiContext,
  body: z.infer<typeof bodyShape>,
) {
  const statement = fromHex(`0x${body.statement.slice(2)}`);
  const signature = fromHex(`0x${body.signature.slice(2)}`);
  const { deviceId, sequence } = decodeMeterReplacement(statement);
  const device = await findDevice(database, deviceId);
  if (device === undefined)
    throw new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: deviceId });
  const signed = { bytes: statement, publicKey: device.publicKey, signature };
  await verifyMeterReplacement(signed, domain, verify);
  if (sequence < device.creditedSequence) {
    const expected = `at least ${device.creditedSequence}, which is credited`;
    throw new TonneError('METER_NOT_SETTLED', {
      field: 'sequence',
      value: String(sequence),
      expected,
    });
  }
  const statementHash = meterReplacementHashOf(statement);
  await database.transaction(async (session) => {
    await lockJudgement(session);
    await saveReplacement(session, {
      ...{ deviceNumber: device.number, sequence, statement, statementHash, signature },
      receivedAt: now(),
    });
    await retractJudgement(session, device, sequence);
  });
  const kept = await findReplacement(database, statementHash);
  if (kept === undefined) throw new TonneError('INTERNAL', { field: 'statement' });
  return replacementView(kept);
}

function replacementView({ row, device }: ReplacementView) {
  const { statement, signature, validator, signedAt } = row;
  const { sequence, replacedAt, exportWh, importWh, previousHash } =
    decodeMeterReplacement(statement);
  return {
    id: row.id,
    deviceId: device.deviceId,
    publicKey: toHex(device.publicKey),
    owner: device.owner,
    projectId: device.projectId,
    state: signedAt === null ? ('pending' as const) : ('signed' as const),
    sequence,
    replacedAt,
    exportWh: String(exportWh),
    importWh: String(importWh),
    previousHash,
    statement: toHex(statement),
    statementHash: row.statementHash,
    signature: signature === null ? null : toHex(signature),
    receivedAt: row.receivedAt,
    validator,
    signedAt,
  };
}
