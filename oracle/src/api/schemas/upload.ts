import { z } from '@hono/zod-openapi';

const time = z.int();
const whole = z.int().nonnegative();
const exact = z.string().regex(/^-?\d+$/);

const counts = { rows: whole, accepted: whole, duplicate: whole, refused: whole };

export const uploadSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['windows', 'readings']),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    digest: z.string().openapi({
      description:
        'SHA-256 of how the file is read and of its bytes: the same again is this upload',
    }),
    size: whole.openapi({ description: 'Bytes' }),
    progress: whole.openapi({ description: 'Rows that were read so far' }),
    counts: z.object(counts).nullable().openapi({ description: 'Rows; null until it is done' }),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    createdAt: time,
    endedAt: time.nullable(),
    report: z.string().openapi({ description: 'Path of the report, a line for each row' }),
  })
  .openapi('Upload');

export const uploadsSchema = z.object({
  uploads: z.array(uploadSchema),
  nextCursor: z.string().nullable(),
});

export const reportSchema = z.object({
  lines: z.array(
    z.object({
      line: whole,
      status: z.enum(['accepted', 'duplicate', 'refused']),
      device: z.string(),
      sequence: z.string(),
      code: z.string(),
      field: z.string(),
      value: z.string(),
      detail: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const unverifiedSchema = z
  .object({
    label: z.literal('unverified').openapi({ description: 'Nobody signed it; it never counts' }),
    source: z.string().openapi({ description: 'The name that the sender gives the device' }),
    at: time,
    exportWh: exact.nullable(),
    importWh: exact.nullable(),
    status: whole,
    fields: z.record(z.string(), exact),
    receivedAt: time,
    uploadId: z.string().nullable(),
  })
  .openapi('UnverifiedReading');

export const unverifiedPageSchema = z.object({
  readings: z.array(unverifiedSchema),
  nextCursor: z.string().nullable(),
});

export const sourcesSchema = z.object({
  sources: z.array(z.object({ source: z.string(), lastAt: time })),
  nextCursor: z.string().nullable(),
});

export const unverifiedStoredSchema = z.object({
  label: z.literal('unverified'),
  stored: whole,
  duplicate: whole,
});
