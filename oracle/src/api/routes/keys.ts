import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readKeys } from '../../accounts/organisations/keyStore.ts';
import { createKey, endKey } from '../../accounts/organisations/keys.ts';
import type { ApiKeyRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, pageAfter, type ApiEnv } from '../route.ts';
import { keySchema, nameSchema, scopeSchema } from '../schemas/organisation.ts';
import { time } from '../schemas/shared.ts';
import { addTenantRoute, noBody } from '../tenantRoute.ts';
import { getSelf } from './members.ts';

const tag = 'keys';

export function addKeyRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/keys', tag, permission: 'keys:read', params: nothing },
      ...{ summary: 'API keys, the newest first', query: pageQuery, body: noBody },
      answer: z.object({ keys: z.array(keySchema), nextCursor: cursorSchema }),
    },
    async ({ session, query }) => {
      const { rows, nextCursor } = pageAfter(
        await readKeys(session),
        query,
        ({ createdAt, id }) => [-createdAt, id],
      );
      return { body: { keys: rows.map(keyView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/keys', tag, permission: 'keys:write', params: nothing },
      ...{ summary: 'A new API key; its text is shown in this answer alone', query: nothing },
      ...{ status: 201, dangerous: true, secret: true, feature: 'apiKeys' },
      body: z.object({ name: nameSchema, scopes: z.array(scopeSchema).min(1), expiresAt: time }),
      answer: keySchema.extend({ key: z.string().openapi({ example: 'tt_...' }) }),
    },
    async ({ session, actor, body, now }) => {
      const wish = { ...body, createdBy: getSelf(actor).address };
      const { key, text } = await createKey(session, wish, { actor: actor.name, now });
      return { body: { ...keyView(key), key: text } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'delete', path: '/v1/keys/{id}', tag, permission: 'keys:write' },
      ...{ summary: 'Revoke a key at once', params: z.object({ id: z.uuid() }), query: nothing },
      ...{ body: noBody, answer: z.object({ revoked: z.literal(true) }) },
    },
    async ({ session, actor, params: { id }, now }) => {
      await endKey(session, id, { actor: actor.name, now });
      return { body: { revoked: true as const } };
    },
  );
}

function keyView(row: ApiKeyRow): z.infer<typeof keySchema> {
  const { id, name, prefix, createdBy, createdAt, expiresAt, seenAt, revokedAt } = row;
  const scopes = scopeSchema.array().parse(row.scopes.split(' '));
  return { id, name, prefix, scopes, createdBy, createdAt, expiresAt, seenAt, revokedAt };
}
