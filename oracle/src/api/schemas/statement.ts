import { z } from '@hono/zod-openapi';
import { STATEMENT_REASONS } from '../../domain/statements/place.ts';
import { MAX_INTEGER } from '../route.ts';
import { address, exact, id32, time, whole } from './shared.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2024-06-30')
  .refine(isOfCalendar, 'a day of the calendar')
  .openapi({ example: '2024-06-30', description: "Of the project's own time" });

function isOfCalendar(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const percent = z.string().max(20).openapi({ example: '0.5', description: 'Percent, exact' });
const evidence = id32.openapi({ description: 'SHA-256 of the certificate or invoice' });
const energy = z
  .string()
  .regex(/^\d{1,18}$/, 'whole Wh')
  .openapi({ example: '2941907' });
const supersedes = z
  .int()
  .positive()
  .max(MAX_INTEGER)
  .nullable()
  .openapi({ description: 'The statement that this one corrects; both are kept' });

export const calibrationShape = z.strictObject({
  calibratedOn: day,
  validUntil: day.openapi({ description: 'Last day before the next calibration is due' }),
  permissibleErrorPercent: percent.openapi({ description: "Maximum, of the meter's class" }),
  foundErrorPercent: percent.nullable().openapi({ description: 'What the calibration found' }),
  evidence,
  supersedes,
});

export const invoiceShape = z.strictObject({
  firstDay: day,
  lastDay: day,
  exportWh: energy,
  importWh: energy,
  evidence,
  supersedes,
});

const stated = {
  id: whole,
  projectId: whole,
  supersededBy: whole.nullable().openapi({ description: 'null: it stands' }),
  statedBy: address,
  statedAt: time,
};

export const calibrationSchema = calibrationShape.extend(stated).openapi('Calibration');
export const invoiceSchema = invoiceShape.extend(stated).openapi('MeterInvoice');

const reason = z.enum(STATEMENT_REASONS);

export const batchStatementsSchema = z
  .object({
    devices: z.array(
      z.object({
        deviceId: id32,
        calibrations: z.array(calibrationSchema).openapi({
          description:
            'Those that stand and count in the period or after it, the oldest first; none: no calibration is stated',
        }),
        overdue: z
          .array(
            z.object({
              from: time,
              until: time.nullable().openapi({ description: 'null: not calibrated since' }),
              errorPercent: percent,
            }),
          )
          .openapi({ description: 'Within the period of the batch' }),
      }),
    ),
    invoices: z
      .array(invoiceSchema.extend({ meteredExportWh: exact, meteredImportWh: exact }))
      .openapi({ description: 'Those that stand and have days of the period of the batch' }),
    adjustments: z
      .array(
        z.object({
          reason,
          deviceId: id32.nullable(),
          invoiceId: whole.nullable().openapi({
            description: 'The first statement; it may be superseded',
          }),
          dueWh: exact.openapi({ description: 'Found to be due when the batch was sealed' }),
          deductedWh: exact.openapi({ description: 'Left out of the batch' }),
        }),
      )
      .openapi({ description: 'What the statements took from this batch' }),
    waitingWh: exact.openapi({
      description:
        'Due in the project as of now and not left out yet, also by what was stated since the last batch: it comes with the next one',
    }),
  })
  .openapi('BatchStatements');
