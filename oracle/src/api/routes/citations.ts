import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { TonneError } from '@truetonne/protocol';
import { getActivity } from '../../inventory/activities/write.ts';
import { citationOf, citationShape } from '../../inventory/citations/citation.ts';
import { assertSound } from '../../inventory/citations/resolve.ts';
import { readOwnDevices } from '../../inventory/citations/store.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, MAX_INTEGER, pageAfter, type ApiEnv } from '../route.ts';
import { rowIdSchema, walletSchema } from '../schemas/organisation.ts';
import { idParameter, time } from '../schemas/shared.ts';
import { addTenantRoute, noBody } from '../tenantRoute.ts';

const reading = { method: 'get', tag: 'activities', permission: 'activities:read' } as const;
const shared = { ...reading, query: nothing, body: noBody };

const ownDeviceSchema = z
  .object({
    deviceId: idParameter,
    owner: walletSchema,
    projectId: z.number().nullable(),
    projectName: z.string().nullable(),
    claimedAt: time,
    lastAt: time.nullable().openapi({ description: 'When its newest window closes' }),
    void: z.boolean().openapi({ description: 'Its key was copied: nothing of it can be cited' }),
  })
  .openapi('OwnDevice');

const checkSchema = z
  .object({
    readings: citationShape,
    sound: z.boolean(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .openapi('CitationCheck');

export function addCitationRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/own-devices', params: nothing, query: pageQuery },
      summary: 'Devices of the wallets that keep the books: their readings can be cited',
      answer: z.object({ devices: z.array(ownDeviceSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query }) => {
      const { rows, nextCursor } = pageAfter(await readOwnDevices(session), query, (one) => [
        one.projectId ?? MAX_INTEGER,
        one.deviceId,
      ]);
      const devices = rows.map((one) => {
        const { deviceId, owner, projectId, projectName, claimedAt, lastAt, frozen } = one;
        return { deviceId, owner, projectId, projectName, claimedAt, lastAt, void: frozen };
      });
      return { body: { devices, nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/activities/{id}/readings', params: z.object({ id: rowIdSchema }) },
      summary: 'The readings that an activity cites, checked again now',
      answer: checkSchema,
    },
    async ({ session, params: { id } }) => {
      const readings = citationOf(await getActivity(session, id, false));
      if (readings === undefined) {
        throw new TonneError('READINGS_MISSING', { field: 'readings', value: 'none are cited' });
      }
      try {
        await assertSound(session, readings);
        return { body: { readings, sound: true, code: null, detail: null } };
      } catch (error) {
        if (!(error instanceof TonneError)) throw error;
        return { body: { readings, sound: false, code: error.code, detail: error.message } };
      }
    },
  );
}
