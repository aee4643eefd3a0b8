import { z } from '@hono/zod-openapi';
import { exact, id32, whole } from './shared.ts';

const name = z.string().openapi({ example: 'GCCM001-4.0', description: 'Code and version' });

export const methodologySchema = z
  .object({
    id: name,
    code: z.string(),
    version: z.string(),
    title: z.string(),
    publisher: z.string(),
    status: z
      .enum(['published', 'configuration'])
      .openapi({ description: "`configuration`: a user's own, of no standard body" }),
    icvcmCcp: z.boolean().openapi({ description: "Whether credits bear the ICVCM's CCP label" }),
    parametersHash: id32.openapi({ description: 'SHA-256 of the parameter file, as on the chain' }),
    registryIds: z.array(whole).openapi({ description: 'Under which the registry published it' }),
  })
  .openapi('Methodology');

export const methodologyDetailSchema = methodologySchema
  .extend({
    document: z.record(z.string(), z.unknown()).openapi({ description: 'The parameter file' }),
  })
  .openapi('MethodologyDetail');

export const differenceSchema = z
  .object({
    from: name,
    to: name,
    differences: z.array(
      z.object({
        path: z.string().openapi({ example: 'calculation.emissionFactor.kind' }),
        from: z.string().nullable(),
        to: z.string().nullable(),
        fromSource: z.string().nullable(),
        toSource: z.string().nullable(),
      }),
    ),
  })
  .openapi('MethodologyDifference');

const resultSchema = z.object({
  exportedWh: exact,
  importedWh: exact,
  deductedWh: exact.openapi({
    description: "Left out by the version's thresholds and by what the owner stated",
  }),
  adjustedWh: exact.openapi({
    description: 'Left out for the invoice or overdue calibration supposed',
  }),
  shareWh: exact.openapi({ description: 'Export that the version does not count' }),
  openingDeficitWh: exact,
  creditableWh: exact,
  grams: exact,
  certifiedTonnes: exact.openapi({ description: 'Whole tonnes, with what was carried in' }),
  carriedGrams: exact.openapi({ description: 'Grams that wait for the next batch' }),
  reasons: z.array(z.object({ code: z.string(), findings: whole, deductedWh: exact })),
});

export const dryRunSchema = z
  .object({
    versions: z.array(
      z.object({
        methodology: methodologySchema,
        own: z.boolean().openapi({ description: 'Whether the project runs on this version' }),
        factorUgPerWh: exact.nullable(),
        missing: z.string().nullable().openapi({ description: 'Why there is no result' }),
        result: resultSchema.nullable(),
      }),
    ),
  })
  .openapi('DryRun');
