import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readJudgements } from '../../metering/judge/judgements.ts';
import { readingsOf } from '../../store/readings.ts';
import { findWindow } from '../../store/windows.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice } from '../lookUp.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';
import { readingStatusSchema } from '../schemas/shared.ts';
import { judgementView } from '../views/reading.ts';

const READING_ID = /^(0x[0-9a-f]{64})\.([1-9]\d{0,9})\.(0|[1-9]\d{0,2})$/;

const statusRoute = getRoute({
  path: '/v1/readings/{id}/status',
  tag: 'readings',
  summary: 'What became of a reading, and if it does not count, why',
  params: z.object({
    id: z.string().regex(READING_ID).openapi({ description: 'deviceId.sequence.index' }),
  }),
  query: nothing,
  answer: readingStatusSchema,
});

export function addReadingRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(statusRoute, async (context) => {
    const { id } = context.req.valid('param');
    const [, deviceId = '', sequence = '', place = ''] = READING_ID.exec(id) ?? [];
    const device = await getKnownDevice(api, deviceId);
    const row = await findWindow(api.database, device.number, Number(sequence));
    const index = Number(place);
    const reading = row && readingsOf(row.bytes)[index];
    if (row === undefined || reading === undefined) {
      throw new TonneError('READING_UNKNOWN', { field: 'id', value: id });
    }
    const judgements = await readJudgements(api, device, [row]);
    const { at } = reading;
    const { receivedAt } = row;
    const about = { id, deviceId, sequence: row.sequence, index, at, receivedAt };
    return context.json({ ...about, ...judgementView(judgements.ofReading(row, index)) }, 200);
  });
}
