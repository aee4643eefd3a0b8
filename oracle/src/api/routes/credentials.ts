import { findBytes, TonneError } from '@truetonne/protocol';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { issueCredential } from '../../transports/credentials.ts';
import type { ApiContext } from '../context.ts';
import { readJsonBody } from '../jsonBody.ts';
import { problemContent, type ApiEnv } from '../route.ts';
import { idParameter } from '../schemas/shared.ts';

export const brokerAccessSchema = z
  .object({
    clientId: z.string(),
    username: z.string(),
    password: z.string(),
    expiresAt: z.int(),
    publish: z.string().openapi({ description: 'Topic for windows' }),
    subscribe: z.string().openapi({ description: 'Topic of refusals' }),
  })
  .openapi('BrokerAccess');

const hex = z.string().max(500);
const requestSchema = z.object({
  request: hex.openapi({ description: 'Hex of the 76 bytes of SPEC section 10' }),
  signature: hex.openapi({ description: 'Hex of r and s' }),
});

const route = createRoute({
  method: 'post',
  path: '/v1/devices/{id}/mqtt-credentials',
  tags: ['devices'],
  summary: 'A new broker password for a device that proves its key; the one before ends',
  request: { params: z.object({ id: idParameter }) },
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: brokerAccessSchema } } },
    '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
  },
});

export function addCredentialRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(route, async (context) => {
    const { credentials } = api;
    if (credentials === undefined) {
      throw new TonneError('MQTT_DISABLED', { field: 'path', value: context.req.path });
    }
    const { id } = context.req.valid('param');
    const body = await readJsonBody(context.env.incoming, requestSchema);
    const request = decode(body.request, 'request');
    const signature = decode(body.signature, 'signature');
    return context.json(
      await issueCredential(credentials, `0x${id.slice(2)}`, request, signature),
      200,
    );
  });
}

function decode(text: string, field: string): Uint8Array {
  const bytes = findBytes(text);
  if (bytes === undefined) throw new TonneError('BODY_MALFORMED', { field, expected: 'hex' });
  return bytes;
}
