import type { OpenAPIHono } from '@hono/zod-openapi';
import { TonneError } from '@truetonne/protocol';
import { cors } from 'hono/cors';
import type { ApiContext } from './context.ts';
import { problemOf, PROBLEM_TYPE } from './problem.ts';
import { createApp, type ApiEnv } from './route.ts';
import { addBatchRoutes } from './routes/batches.ts';
import { addCredentialRoutes } from './routes/credentials.ts';
import { addDeviceReportRoutes } from './routes/deviceReports.ts';
import { addDeviceRoutes } from './routes/devices.ts';
import { addExportRoutes } from './routes/exports.ts';
import { addFleetRoutes } from './routes/fleet.ts';
import { addInternalRoutes } from './routes/internal.ts';
import { addMeterReplacementRoutes } from './routes/meterReplacements.ts';
import { addProjectReportRoutes } from './routes/projectReports.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addProjectRoutes } from './routes/projects.ts';
import { addReadingRoutes } from './routes/readings.ts';
import { addSystemRoutes } from './routes/system.ts';
import { addUnverifiedRoutes } from './routes/unverified.ts';
import { addUploadRoutes } from './routes/uploads.ts';
import { addWindowRoutes } from './routes/windows.ts';

/** The HTTP API. Anyone may read from any page; every failure is a problem document. */
export function createApi(api: ApiContext): OpenAPIHono<ApiEnv> {
  const app = createApp();
  app.use(cors({ origin: '*', allowMethods: ['GET', 'POST', 'DELETE'], exposeHeaders: ['etag'] }));
  app.onError((error) => {
    if (!(error instanceof TonneError)) api.onError(error, 'request');
    return toResponse(error);
  });
  app.notFound((context) =>
    toResponse(new TonneError('NOT_FOUND', { field: 'path', value: context.req.path })),
  );
  addWindowRoutes(app, api);
  addCredentialRoutes(app, api);
  addReadingRoutes(app, api);
  addDeviceRoutes(app, api);
  addDeviceReportRoutes(app, api);
  addMeterReplacementRoutes(app, api);
  addFleetRoutes(app, api);
  addExportRoutes(app, api);
  addProjectRoutes(app, api);
  addProjectReportRoutes(app, api);
  addBatchRoutes(app, api);
  addSystemRoutes(app, api);
  addUploadRoutes(app, api);
  addUnverifiedRoutes(app, api);
  addMetricsRoute(app, api);
  addInternalRoutes(app, api);
  return app;
}

function toResponse(error: unknown): Response {
  const problem = problemOf(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': PROBLEM_TYPE },
  });
}
