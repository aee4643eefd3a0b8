import { z } from '@hono/zod-openapi';
import { FLEET_STATES } from '../../domain/fleetState.ts';
import { exportShape } from '../../metering/exports/export.ts';
import { cursorSchema } from '../route.ts';
import { bytes, exact, id32, address, time, whole } from './shared.ts';
import { keptUntilSchema, visitorTokenSchema } from './upload.ts';

export const fleetDeviceSchema = z
  .object({
    deviceId: id32,
    projectId: whole.nullable(),
    state: z.enum(FLEET_STATES).openapi({
      description:
        'late: two of its own intervals passed without a window. silent: six. never: nothing came yet',
    }),
    lastSeenAt: time.nullable(),
    lastSequence: whole.nullable(),
    cadenceSeconds: whole.nullable().openapi({ description: 'How long its last window lasted' }),
    firmware: z.string().nullable().openapi({ example: '1.2.3' }),
    batteryMv: z.int().nullable(),
    signalDbm: z.int().nullable(),
    equivocations: whole.openapi({ description: 'Sequence numbers that were used twice' }),
    lastReasons: z.array(z.object({ code: z.string(), at: time })),
    waiting: z
      .object({ count: whole, since: time, reason: z.string(), deadline: time })
      .nullable()
      .openapi({ description: 'Windows that wait for one before them, or for a sign-off' }),
  })
  .openapi('FleetDevice');

export const fleetSummarySchema = z
  .object({
    online: whole,
    late: whole,
    silent: whole,
    never: whole,
    frozen: whole,
    revoked: whole,
  })
  .openapi('FleetSummary');

export const alertSchema = z
  .object({
    id: whole,
    kind: z.enum(['device-silent', 'key-copied']),
    deviceId: id32,
    projectId: whole.nullable(),
    since: time,
    endedAt: time.nullable().openapi({ description: 'null: it is still so' }),
    detail: z.string(),
  })
  .openapi('Alert');

const signedHeader = z.object({ header: bytes, headerHash: id32, signature: bytes });

export const equivocationSchema = z
  .object({
    sequence: whole,
    receivedAt: time,
    a: signedHeader,
    b: signedHeader,
  })
  .openapi('Equivocation', {
    description: 'Two headers with one sequence number, as `freezeDevice` takes them',
  });

export const meterReplacementSchema = z
  .object({
    id: whole,
    deviceId: id32,
    publicKey: bytes,
    owner: address,
    projectId: whole.nullable(),
    state: z.enum(['pending', 'signed']),
    sequence: whole,
    replacedAt: time,
    exportWh: exact,
    importWh: exact,
    previousHash: id32,
    statement: bytes,
    statementHash: id32,
    signature: bytes.nullable(),
    receivedAt: time,
    validator: address.nullable(),
    signedAt: time.nullable(),
  })
  .openapi('MeterReplacement');

const measuredSchema = z.object({ count: whole, min: exact, max: exact, mean: exact });

export const statisticsSchema = z
  .object({
    from: time,
    to: time,
    windows: whole,
    readings: whole,
    firstAt: time.nullable(),
    lastAt: time.nullable(),
    energyFrom: time.nullable().openapi({
      description:
        'Energy is of whole hours that begin in the span; null: none has judged readings',
    }),
    energyTo: time.nullable().openapi({ description: 'Where the last of these hours ends' }),
    exportedWh: exact.openapi({
      description: 'Of judged readings from `energyFrom` to `energyTo`',
    }),
    importedWh: exact,
    deductedWh: exact,
    availabilityE4: whole.openapi({
      description: 'Time that windows cover, in 1/10,000 of the time asked for (IEC 61724-1)',
    }),
    fields: z.record(z.string(), measuredSchema).openapi({
      description: 'Least, greatest and mean of what was measured; the unit is in the name',
    }),
  })
  .openapi('Statistics');

export const flagSchema = z
  .object({
    deviceId: id32,
    sequence: whole,
    index: whole.nullable().openapi({ description: 'null: the whole window' }),
    at: time,
    code: z.string(),
  })
  .openapi('Flag');

export const ruleReasonSchema = z
  .object({
    code: z.string(),
    number: whole.nullable().openapi({ description: 'In the findings of a batch file; SPEC 6' }),
    severity: z.enum(['flag', 'deduct', 'refuse', 'wait']),
    source: z.string(),
    title: z.string(),
    todo: z.string(),
  })
  .openapi('JudgementReason');

export const exportSchema = z
  .object({
    id: z.string(),
    request: exportShape.openapi({ description: 'What was asked for' }),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    progress: z
      .object({ done: whole, total: whole.nullable() })
      .openapi({ description: 'Windows, or buckets, that are written' }),
    rows: whole.nullable(),
    size: whole.nullable().openapi({ description: 'Bytes' }),
    url: z.string().nullable().openapi({
      description: 'Path of the file once it is done; whoever has it may fetch it, without more',
    }),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    requestedAt: time,
    endedAt: time.nullable(),
    keptUntil: keptUntilSchema,
  })
  .openapi('Export');

export const newExportSchema = exportSchema
  .extend({ visitorToken: visitorTokenSchema })
  .openapi('NewExport');

export const exportsSchema = z.object({ exports: z.array(exportSchema), nextCursor: cursorSchema });
