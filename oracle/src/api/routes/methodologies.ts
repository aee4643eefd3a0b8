import { compareMethodologies, parseRatio, type Ratio } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  runBatchDry,
  runProjectDry,
  type DryRunAnswer,
} from '../../metering/methodologies/dryRun.ts';
import { idOf, type MethodologyVersion } from '../../metering/methodologies/library.ts';
import { createQueue } from '../../metering/methodologies/oneAtATime.ts';
import { readMethodologies } from '../../store/methodologies.ts';
import type { ApiContext } from '../context.ts';
import { getKnownBatch, getKnownProject } from '../lookUp.ts';
import { getRoute, nothing, projectIdParameter, type ApiEnv } from '../route.ts';
import {
  differenceSchema,
  dryRunSchema,
  methodologyDetailSchema,
  methodologySchema,
} from '../schemas/methodology.ts';

const methodologyId = z
  .string()
  .max(80)
  .openapi({ example: 'GCCM001-4.0', description: 'Code and version, or hash' });
const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'a decimal such as 0.5')
  .optional();
const wattHours = z
  .string()
  .regex(/^\d{1,18}$/, 'whole Wh')
  .optional();

const knownBesides = z.object({
  operatingMargin: decimal.openapi({ description: 'Of the grid, g CO2e per kWh' }),
  buildMargin: decimal.openapi({ description: 'Of the grid, g CO2e per kWh' }),
  permissibleErrorPercent: decimal.openapi({
    description: 'Of the meter, when its calibration was overdue',
  }),
});

const listRoute = getRoute({
  path: '/v1/methodologies',
  tag: 'methodologies',
  summary: 'The versions whose parameters are here, and under which id the registry has them',
  params: nothing,
  query: nothing,
  answer: z.object({ methodologies: z.array(methodologySchema) }),
});

const oneRoute = getRoute({
  path: '/v1/methodologies/{id}',
  tag: 'methodologies',
  summary: 'A version with all of its parameters and their sources',
  params: z.object({ id: methodologyId }),
  query: nothing,
  answer: methodologyDetailSchema,
});

const differenceRoute = getRoute({
  path: '/v1/methodology-difference',
  tag: 'methodologies',
  summary: 'What differs between two versions, parameter by parameter with sources',
  params: nothing,
  query: z.object({ from: methodologyId, to: methodologyId }),
  answer: differenceSchema,
});

const batchRoute = getRoute({
  path: '/v1/batches/{id}/dry-run',
  tag: 'methodologies',
  summary: 'What a batch would earn under each version, from its stored readings',
  params: z.object({ id: z.string().regex(/^\d{1,20}$/) }),
  query: knownBesides.extend({ invoiceExportWh: wattHours, invoiceImportWh: wattHours }),
  answer: dryRunSchema,
});

const projectRoute = getRoute({
  path: '/v1/projects/{id}/dry-run',
  tag: 'methodologies',
  summary: 'What all batches of a project would have earned under each version',
  params: z.object({ id: projectIdParameter }),
  query: knownBesides,
  answer: dryRunSchema,
});

/** Registry ids by hash of the parameters. */
type Published = ReadonlyMap<string, readonly number[]>;

export function addMethodologyRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { library } = api;
  app.openapi(listRoute, async (context) => {
    const published = await readPublished(api);
    const methodologies = library.versions.map((version) => methodologyView(version, published));
    return context.json({ methodologies }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const version = library.get(context.req.valid('param').id);
    // Proof: parseMethodology has read it as an object.
    const document = version.document as Record<string, unknown>;
    return context.json({ ...methodologyView(version, await readPublished(api)), document }, 200);
  });
  app.openapi(differenceRoute, (context) => {
    const query = context.req.valid('query');
    const [from, to] = [library.get(query.from), library.get(query.to)];
    const differences = compareMethodologies(from.document, to.document).map((one) => ({
      path: one.path,
      from: one.from ?? null,
      to: one.to ?? null,
      fromSource: one.fromSource ?? null,
      toSource: one.toSource ?? null,
    }));
    return context.json({ from: idOf(from), to: idOf(to), differences }, 200);
  });
  addDryRunRoutes(app, api);
}

function addDryRunRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const queue = createQueue();
  app.openapi(batchRoute, async (context) => {
    const batch = await getKnownBatch(api, context.req.valid('param').id);
    const project = await getKnownProject(api, batch.projectId);
    const query = context.req.valid('query');
    const question = { ...questionOf(query), invoice: invoiceOf(query, batch) };
    const answers = await queue(() => runBatchDry(api, project, batch, question));
    return context.json(dryRunView(answers, await readPublished(api)), 200);
  });
  app.openapi(projectRoute, async (context) => {
    const project = await getKnownProject(api, context.req.valid('param').id);
    const question = questionOf(context.req.valid('query'));
    const answers = await queue(() => runProjectDry(api, project, question));
    return context.json(dryRunView(answers, await readPublished(api)), 200);
  });
}

function questionOf(query: z.infer<typeof knownBesides>) {
  const ratioOf = (name: keyof typeof query): Ratio | undefined => {
    const text = query[name];
    return text === undefined ? undefined : parseRatio(text, name);
  };
  const percent = ratioOf('permissibleErrorPercent');
  return {
    operatingMargin: ratioOf('operatingMargin'),
    buildMargin: ratioOf('buildMargin'),
    permissibleError: percent && { ...percent, denominator: percent.denominator * 100n },
  };
}

/** What the invoice does not say is as the meter has it. */
function invoiceOf(
  query: { invoiceExportWh?: string | undefined; invoiceImportWh?: string | undefined },
  metered: { readonly exportedWh: bigint; readonly importedWh: bigint },
) {
  const { invoiceExportWh, invoiceImportWh } = query;
  if (invoiceExportWh === undefined && invoiceImportWh === undefined) return undefined;
  return {
    exportWh: invoiceExportWh === undefined ? metered.exportedWh : BigInt(invoiceExportWh),
    importWh: invoiceImportWh === undefined ? metered.importedWh : BigInt(invoiceImportWh),
  };
}

async function readPublished({ database }: ApiContext): Promise<Published> {
  const groups = Map.groupBy(
    await readMethodologies(database),
    ({ parametersHash }) => parametersHash,
  );
  return new Map([...groups].map(([hash, rows]) => [hash, rows.map(({ id }) => id)]));
}

function methodologyView(version: MethodologyVersion, published: Published) {
  const { code, title, publisher, status, icvcmCcp } = version.parameters;
  return {
    ...{ id: idOf(version), code, version: version.parameters.version, title, publisher },
    ...{ status, icvcmCcp, parametersHash: version.hash },
    registryIds: [...(published.get(version.hash) ?? [])],
  };
}

function dryRunView(answers: readonly DryRunAnswer[], published: Published) {
  const versions = answers.map(({ version, own, factorUgPerWh, missing, result }) => ({
    methodology: methodologyView(version, published),
    own,
    factorUgPerWh: factorUgPerWh?.toString() ?? null,
    missing: missing ?? null,
    result: result === undefined ? null : resultView(result),
  }));
  return { versions };
}

function resultView(result: NonNullable<DryRunAnswer['result']>) {
  return {
    exportedWh: String(result.exportedWh),
    importedWh: String(result.importedWh),
    deductedWh: String(result.deductedWh),
    adjustedWh: String(result.adjustedWh),
    shareWh: String(result.shareWh),
    openingDeficitWh: String(result.openingDeficitWh),
    creditableWh: String(result.creditableWh),
    grams: String(result.grams),
    certifiedTonnes: String(result.tonnes),
    carriedGrams: String(result.carriedGrams),
    reasons: result.reasons.map(({ reason, findings, deductedWh }) => ({
      code: reason,
      findings,
      deductedWh: String(deductedWh),
    })),
  };
}
