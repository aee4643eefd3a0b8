import { TonneError, type Hex } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  countMismatches,
  findCheckMeter,
  readPairsOf,
  endCheckMeter,
  saveCheckMeter,
} from '../../store/checkMeters.ts';
import type { Session } from '../../store/database/database.ts';
import { lockJudgement } from '../../store/judgement.ts';
import { readDevicesByNumber } from '../../store/registry.ts';
import type { DeviceRow } from '../../store/tables/schema.ts';
import { addAccountRoute } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice } from '../lookUp.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';
import { id32, idParameter, time, whole } from '../schemas/shared.ts';
import { noBody } from '../tenantRoute.ts';

/** Accuracy classes of IEC 62053-21 and -22, percent, and what the store keeps of them. */
const CLASSES = { '0.1': 10, '0.2': 20, '0.5': 50, '1': 100, '2': 200 } as const;
const CLASS_NAMES = ['0.1', '0.2', '0.5', '1', '2'] as const;

const accuracyClass = z.enum(CLASS_NAMES).openapi({
  description: 'Of the main meter, percent (IEC 62053)',
});

const checkMeterSchema = z
  .object({
    deviceId: id32,
    accuracyClass,
    comparedUntil: time.nullable().openapi({ description: 'null: no day is compared yet' }),
    mismatchedDays: whole,
  })
  .openapi('CheckMeter');

const answer = z.object({
  checkMeter: checkMeterSchema.nullable(),
  checks: id32.nullable().openapi({
    description: 'The device that this one checks: nothing of this one is credited meanwhile',
  }),
});
const params = z.object({ id: idParameter });
const path = '/v1/devices/{id}/check-meter';
const tag = 'devices';

const readRoute = getRoute({
  ...{ path, tag, params, query: nothing, answer },
  summary: 'The meter that checks a device, and how far the two are compared',
});

/** A device that measures the same energy as another one, so that each day can be compared. */
export function addCheckMeterRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(readRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    return context.json(await viewPairs(api, device), 200);
  });
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'put', path, tag, params, answer },
      body: z.strictObject({ deviceId: id32, accuracyClass }),
      summary: 'Names the meter that checks a device; both belong to the signed-in wallet',
    },
    async ({ signedIn: { account }, params: { id }, body }) => {
      const accuracyClassE2 = CLASSES[body.accuracyClass];
      const device = await api.database.transaction(async (session) => {
        // Two that name one meter at the same time: the second is refused. Read after the lock, so that
        // a device that is bound meanwhile is seen to be.
        await lockJudgement(session);
        const main = await getOwnDevice(session, id, account.address);
        const check = await getOwnDevice(session, body.deviceId, account.address);
        await assertCanCheck(session, main, check);
        const pair = { deviceNumber: main.number, checkNumber: check.number, accuracyClassE2 };
        await saveCheckMeter(session, pair, api.now());
        return main;
      });
      return { body: await viewPairs(api, device) };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'delete', path, tag, params, answer, body: noBody },
      summary:
        'Ends the pair; what was flagged stays, and what the check meter measured is not credited',
    },
    async ({ signedIn: { account }, params: { id } }) => {
      const device = await api.database.transaction(async (session) => {
        await lockJudgement(session);
        const main = await getOwnDevice(session, id, account.address);
        await endCheckMeter(session, main.number, api.now());
        return main;
      });
      return { body: await viewPairs(api, device) };
    },
  );
}

/** Throws DEVICE_UNKNOWN, NOT_DEVICE_OWNER. */
async function getOwnDevice(database: Session, id: string, wallet: Hex): Promise<DeviceRow> {
  const device = await getKnownDevice({ database }, id);
  if (device.owner === wallet) return device;
  throw new TonneError('NOT_DEVICE_OWNER', { field: 'id', value: id, expected: device.owner });
}

/** Throws DEVICE_UNBOUND, CHECK_METER_BOUND, CHECK_METER_TAKEN. */
async function assertCanCheck(session: Session, main: DeviceRow, check: DeviceRow): Promise<void> {
  if (main.projectId === null)
    throw new TonneError('DEVICE_UNBOUND', { field: 'id', value: main.deviceId });
  if (check.projectId !== null) {
    const expected = `a device of no project, not of ${check.projectId}`;
    throw new TonneError('CHECK_METER_BOUND', {
      ...{ field: 'deviceId', value: check.deviceId, expected },
    });
  }
  const others = (await readPairsOf(session, [main.number, check.number])).filter(
    ({ deviceNumber }) => deviceNumber !== main.number,
  );
  if (others.length > 0)
    throw new TonneError('CHECK_METER_TAKEN', { field: 'deviceId', value: check.deviceId });
}

async function viewPairs(api: ApiContext, device: DeviceRow) {
  const pairs = await readPairsOf(api.database, [device.number]);
  const checked = pairs.find(({ checkNumber }) => checkNumber === device.number);
  const [main] =
    checked === undefined ? [] : await readDevicesByNumber(api.database, [checked.deviceNumber]);
  return { checkMeter: await viewCheckMeter(api, device), checks: main?.deviceId ?? null };
}

async function viewCheckMeter({ database }: ApiContext, device: DeviceRow) {
  const pair = await findCheckMeter(database, device.number);
  if (pair === undefined) return null;
  const [check] = await readDevicesByNumber(database, [pair.checkNumber]);
  const named = CLASS_NAMES.find((name) => CLASSES[name] === pair.accuracyClassE2);
  if (check === undefined || named === undefined) throw new Error('a pair without its meter');
  return {
    deviceId: check.deviceId,
    accuracyClass: named,
    comparedUntil: pair.comparedUntil,
    mismatchedDays: await countMismatches(database, device.number),
  };
}
