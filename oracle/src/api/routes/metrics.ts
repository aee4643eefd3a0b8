import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiContext } from '../context.ts';
import { readMetrics } from '../readMetrics.ts';
import type { ApiEnv } from '../route.ts';

export function addMetricsRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/metrics',
    tags: ['service'],
    summary: 'Counts and times for Prometheus',
    responses: {
      200: { description: 'OK', content: { 'text/plain': { schema: z.string() } } },
    },
  });
  app.get('/metrics', async (context) => {
    const text = await readMetrics(api);
    return context.body(text, 200, { 'content-type': api.acceptance.metrics.registry.contentType });
  });
}
