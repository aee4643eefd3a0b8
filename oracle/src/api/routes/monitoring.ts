import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readCadTrust, readMonitoringReport } from '../../metering/monitoring/report.ts';
import type { ApiContext } from '../context.ts';
import { getKnownBatch, getKnownProject } from '../lookUp.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';

const params = z.object({ id: z.string().regex(/^\d{1,20}$/) });
const text = z.string().min(1).max(100).optional();
const record = z.record(z.string(), z.unknown());

/** A W3C Verifiable Credential: what it says is in docs/exports.md. */
const credentialSchema = z.looseObject({
  '@context': z.array(z.unknown()),
  id: z.string(),
  type: z.array(z.string()),
  issuer: z.string().openapi({ example: 'did:key:z6Mk...' }),
  validFrom: z.string(),
  credentialSubject: record,
  proof: record,
});

const reportRoute = getRoute({
  path: '/v1/batches/{id}/monitoring-report',
  tag: 'exports',
  summary: 'The monitoring report of a batch as a W3C Verifiable Credential 2.0',
  params,
  query: nothing,
  answer: credentialSchema.openapi('MonitoringReport'),
});

const cadTrustRoute = getRoute({
  path: '/v1/batches/{id}/cad-trust',
  tag: 'exports',
  summary: 'Project, issuance and unit of a batch as CAD Trust takes them',
  params,
  query: z.object({
    region: text.openapi({ description: 'Region within the country' }),
    verificationDate: z.iso
      .datetime()
      .optional()
      .openapi({ description: 'When verifiers approved the batch, where it needs them' }),
    verificationBody: text.openapi({ description: 'Who verified it' }),
    coveredByNdc: z.enum(['Inside NDC', 'Outside NDC', 'Unknown']).optional(),
    ownerCountry: text.openapi({ description: 'Jurisdiction of the owner' }),
    correspondingAdjustment: z.enum(['Committed', 'Not Required', 'Unknown']).optional(),
  }),
  answer: z
    .object({
      project: record,
      issuance: record,
      unit: record.nullable().openapi({ description: 'null until the batch is minted' }),
      missing: z.array(z.string()).openapi({ description: 'Required fields that nobody has told' }),
    })
    .openapi('CadTrust'),
});

export function addMonitoringRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(reportRoute, async (context) => {
    const issuer = await api.issuer?.();
    if (issuer === undefined) throw new TonneError('ISSUER_MISSING');
    const batch = await getKnownBatch(api, context.req.valid('param').id);
    const project = await getKnownProject(api, batch.projectId);
    const subject = await readMonitoringReport(api, project, batch);
    const credential = await issuer.issue({
      id: `${subject.id}:report`,
      type: 'MonitoringReportCredential',
      subject,
      validFrom: api.now(),
    });
    const name = `monitoring-report-${subject.evidence.batchId}.json`;
    context.header('content-disposition', `attachment; filename="${name}"`);
    return context.json(credentialSchema.parse(credential), 200);
  });
  app.openapi(cadTrustRoute, async (context) => {
    const batch = await getKnownBatch(api, context.req.valid('param').id);
    const project = await getKnownProject(api, batch.projectId);
    const records = await readCadTrust(api, project, batch, context.req.valid('query'));
    const name = `cad-trust-${context.req.valid('param').id}.json`;
    context.header('content-disposition', `attachment; filename="${name}"`);
    return context.json({ ...records, missing: [...records.missing] }, 200);
  });
}
