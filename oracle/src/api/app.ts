import type { OpenAPIHono } from '@hono/zod-openapi';
import { TonneError } from '@truetonne/protocol';
import { cors } from 'hono/cors';
import { Limited } from '../runtime/limited.ts';
import { findTonneError, problemOf, PROBLEM_TYPE } from '../runtime/problem.ts';
import { COOKIE } from './caller.ts';
import type { ApiContext } from './context.ts';
import { VISITOR_TOKEN } from './fileOwner.ts';
import { createApp, type ApiEnv } from './route.ts';
import { addActivityRoutes } from './routes/activities.ts';
import { addAuditRoutes } from './routes/audit.ts';
import { addBatchStatementRoute } from './routes/batchStatements.ts';
import { addBatchRoutes } from './routes/batches.ts';
import { addCheckMeterRoutes } from './routes/checkMeters.ts';
import { addCitationRoutes } from './routes/citations.ts';
import { addCredentialRoutes } from './routes/credentials.ts';
import { addDeviceReportRoutes } from './routes/deviceReports.ts';
import { addDeviceRoutes } from './routes/devices.ts';
import { addEntitlementRoutes } from './routes/entitlements.ts';
import { addExportRoutes } from './routes/exports.ts';
import { addFactorRoutes } from './routes/factors.ts';
import { addFigureRoutes } from './routes/figures.ts';
import { addFleetRoutes } from './routes/fleet.ts';
import { addGoalRoutes } from './routes/goals.ts';
import { addImportRoutes } from './routes/imports.ts';
import { addInternalRoutes } from './routes/internal.ts';
import { addInventoryRoutes } from './routes/inventory.ts';
import { addKeyRoutes } from './routes/keys.ts';
import { addMemberRoutes } from './routes/members.ts';
import { addMeterReplacementRoutes } from './routes/meterReplacements.ts';
import { addMethodologyRoutes } from './routes/methodologies.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addMonitoringRoutes } from './routes/monitoring.ts';
import { addOrganisationRoutes } from './routes/organisations.ts';
import { addPeriodRoutes } from './routes/periods.ts';
import { addPrivateFactorRoutes } from './routes/privateFactors.ts';
import { addProjectReportRoutes } from './routes/projectReports.ts';
import { addProjectRoutes } from './routes/projects.ts';
import { addReadingRoutes } from './routes/readings.ts';
import { addReminderRoutes } from './routes/reminders.ts';
import { addSecondFactorRoutes } from './routes/secondFactors.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addStatementRoutes } from './routes/statements.ts';
import { addSupplierRoutes } from './routes/suppliers.ts';
import { addSystemRoutes } from './routes/system.ts';
import { addUnverifiedRoutes } from './routes/unverified.ts';
import { addUploadRoutes } from './routes/uploads.ts';
import { addWindowRoutes } from './routes/windows.ts';

/** Headers that pages may read. */
const EXPOSED = [
  ...['etag', 'retry-after', 'idempotent-replayed'],
  ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
];

/** Anyone's page may read what is public; the app's own pages alone may send a wallet's cookie. */
function allowPages(origins: readonly string[]) {
  return cors({
    origin: (origin) => (origins.includes(origin) ? origin : '*'),
    credentials: true,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: EXPOSED,
  });
}

/** The HTTP API. Anyone may read from any page; every failure is a problem document. */
export function createApi(api: ApiContext): OpenAPIHono<ApiEnv> {
  const app = createApp();
  app.use(allowPages(api.signIn.origins));
  app.onError((error) => {
    if (findTonneError(error) === undefined) api.onError(error, 'request');
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
  addCheckMeterRoutes(app, api);
  addStatementRoutes(app, api);
  addFactorRoutes(app, api);
  addFleetRoutes(app, api);
  addExportRoutes(app, api);
  addProjectRoutes(app, api);
  addProjectReportRoutes(app, api);
  addBatchRoutes(app, api);
  addBatchStatementRoute(app, api);
  addMethodologyRoutes(app, api);
  addMonitoringRoutes(app, api);
  addSystemRoutes(app, api);
  addUploadRoutes(app, api);
  addUnverifiedRoutes(app, api);
  describeCredentials(app);
  addSessionRoutes(app, api);
  addSecondFactorRoutes(app, api);
  addOrganisationRoutes(app, api);
  addMemberRoutes(app, api);
  addKeyRoutes(app, api);
  addAuditRoutes(app, api);
  addActivityRoutes(app, api);
  addCitationRoutes(app, api);
  addPrivateFactorRoutes(app, api);
  addImportRoutes(app, api);
  addInventoryRoutes(app, api);
  addSupplierRoutes(app, api);
  addFigureRoutes(app, api);
  addGoalRoutes(app, api);
  addPeriodRoutes(app, api);
  addEntitlementRoutes(app, api);
  addReminderRoutes(app, api);
  addMetricsRoute(app, api);
  addInternalRoutes(app, api);
  return app;
}

function describeCredentials({ openAPIRegistry }: OpenAPIHono<ApiEnv>): void {
  openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: COOKIE },
    description: 'Of POST /v1/session; writes carry x-csrf-token, too',
  });
  openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  openAPIRegistry.registerComponent('securitySchemes', 'visitor', {
    ...{ type: 'apiKey', in: 'header', name: VISITOR_TOKEN },
    description:
      'Of the first answer to an upload or an export that was sent without any credential',
  });
}

function toResponse(error: unknown): Response {
  const problem = problemOf(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': PROBLEM_TYPE,
      ...(error instanceof Limited && error.headers),
    },
  });
}
