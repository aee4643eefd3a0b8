import { auditGenesis, verifyAuditEntries } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readAudit } from '../../accounts/audit/store.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { AuditEntryRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, parseCursor, type ApiEnv } from '../route.ts';
import { auditEntrySchema, auditHeadSchema } from '../schemas/organisation.ts';
import { addTenantRoute, noBody } from '../tenantRoute.ts';

const tag = 'audit';

/** Entries that are checked at a time. */
const CHUNK = 5_000;

const auditQuery = pageQuery.extend({
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  subject: z.string().max(200).optional(),
  from: z.coerce.number().int().nonnegative().optional(),
  until: z.coerce.number().int().nonnegative().optional(),
});

export function addAuditRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'audit:read', params: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/audit', query: auditQuery, body: noBody },
      summary: 'Every change, the oldest first; without a filter the hashes can be checked',
      answer: z.object({
        organisationId: z.uuid(),
        entries: z.array(auditEntrySchema),
        nextCursor: cursorSchema,
      }),
    },
    async ({ session, query: { limit, cursor, ...filter } }) => {
      const [after = 0] = parseCursor(cursor, [0]);
      const rows = await readAudit(session, filter, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const entries = rows.map(entryView);
      const nextCursor = last === undefined ? null : String(last.number);
      return { body: { organisationId: session.organisationId, entries, nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/audit/verify', query: nothing, body: noBody },
      summary: 'Recomputes every hash of the log; answers its head, or AUDIT_CHAIN_BROKEN',
      answer: auditHeadSchema,
    },
    async ({ session }) => ({ body: await verifyLog(session) }),
  );
}

function entryView(row: AuditEntryRow): z.infer<typeof auditEntrySchema> {
  const { number, at, actor, action, subject, detail, previousHash, hash } = row;
  return { number, at, actor, action, subject, detail, previousHash, hash };
}

async function verifyLog(session: TenantSession) {
  const { organisationId } = session;
  let head = { number: 0, hash: auditGenesis(organisationId) };
  for (;;) {
    const entries = await readAudit(session, {}, head.number, CHUNK);
    head = verifyAuditEntries(entries, head);
    if (entries.length < CHUNK) return { organisationId, ...head, entries: head.number };
  }
}
