import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { batchIdOf, TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readRefused, readUnconfirmed } from '../../store/batches.ts';
import { countQueued } from '../../store/progress.ts';
import { countDevices, readProjects } from '../../store/registry.ts';
import type { ApiContext } from '../context.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';
import { healthSchema } from '../schemas/shared.ts';

const healthRoute = getRoute({
  path: '/health',
  tag: 'service',
  summary: 'How the service is; always 200 while the process lives',
  params: nothing,
  query: nothing,
  answer: healthSchema,
});

/** Files of Swagger UI that the page at /docs needs; served from here, so nothing comes from outside. */
const UI_FILES = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
]);
const UI_FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>TrueTonne oracle: API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="ui"></main><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true });</script></body>
</html>`;

const DESCRIPTION = {
  openapi: '3.1.0',
  info: {
    title: 'TrueTonne oracle',
    version: '1',
    description: 'Takes signed windows of devices, judges every reading, and submits batches.',
  },
};

export function addSystemRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(healthRoute, async (context) => context.json(await readHealth(api), 200));
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/ready',
    tags: ['service'],
    summary: 'Whether windows are accepted: 200, or 503 while the database takes no writes',
    responses: {
      200: {
        description: 'Ready',
        content: { 'application/json': { schema: z.object({ ready: z.literal(true) }) } },
      },
    },
  });
  app.get('/ready', async (context) => {
    await assertWritable(api);
    return context.json({ ready: true });
  });
  app.get('/docs', (context) => context.html(DOCS_PAGE));
  app.get('/docs/:file', async (context) => {
    const name = context.req.param('file');
    const type = UI_FILES.get(name);
    if (type === undefined)
      throw new TonneError('NOT_FOUND', { field: 'path', value: context.req.path });
    return context.body(await readFile(join(UI_FOLDER, name)), 200, { 'content-type': type });
  });
  app.get('/', (context) => context.redirect('/docs'));
  let description: string | undefined;
  app.get('/openapi.json', (context) => {
    // Made once: it takes tens of milliseconds, and a stranger asks for it in forty bytes.
    description ??= JSON.stringify(app.getOpenAPI31Document(DESCRIPTION));
    return context.body(description, 200, { 'content-type': 'application/json' });
  });
}

/**
 * Ready is who can make a window durable now. Tables are up to date and devices are read before the
 * port opens; the chain is not needed for it, nor is a broker. Throws STORE_UNAVAILABLE.
 */
async function assertWritable({ database }: ApiContext): Promise<void> {
  const [row] = await database.run("SELECT current_setting('transaction_read_only')", []);
  if (row?.[0] === 'off') return;
  throw new TonneError('STORE_UNAVAILABLE', { field: 'database', value: 'it takes no writes' });
}

type Health = z.infer<typeof healthSchema>;

async function readHealth(api: ApiContext): Promise<Health> {
  const chain = api.chainStatus();
  const { leader, broker, brokerUp } = api.serviceStatus();
  const shown = {
    leader,
    broker: broker === 'rabbitmq' && !brokerUp ? ('rabbitmq-down' as const) : broker,
    chain: chain.up ? ('up' as const) : ('down' as const),
    chainError: chain.error ?? null,
    block: chain.block ?? null,
    syncedBlock: chain.syncedBlock ?? null,
    domain: api.domain,
    submitter: api.submitter,
  };
  try {
    const stored = await readStoreHealth(api);
    const fine = chain.up && shown.broker !== 'rabbitmq-down' && stored.refusedBatches.length === 0;
    return { status: fine ? 'ok' : 'degraded', store: api.database.kind, ...shown, ...stored };
  } catch (error) {
    api.onError(error, 'health');
    const unknown = { queued: { windows: 0, batches: 0 }, refusedBatches: [], devices: 0 };
    return { status: 'degraded', store: 'down', ...shown, ...unknown };
  }
}

async function readStoreHealth({ database }: ApiContext) {
  const batchCounts = new Map(
    (await readProjects(database)).map((row) => [row.id, row.batchCount]),
  );
  const refused = await readRefused(database, 100);
  return {
    queued: {
      windows: await countQueued(database),
      batches: (await readUnconfirmed(database)).length,
    },
    // A refusal is settled once a batch of that number is on the chain.
    refusedBatches: refused
      .filter((row) => row.number > (batchCounts.get(row.projectId) ?? 0))
      .map((row) => ({
        batchId: String(batchIdOf(row.projectId, row.number)),
        code: row.refusedCode ?? 'INTERNAL',
        detail: row.refusedDetail ?? '',
        at: row.refusedAt ?? 0,
      })),
    devices: await countDevices(database),
  };
}
