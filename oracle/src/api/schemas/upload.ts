import { z } from '@hono/zod-openapi';

const time = z.int();
const whole = z.int().nonnegative();
const exact = z.string().regex(/^-?\d+$/);

/** Of uploads and exports. */
export const keptUntilSchema = time.nullable().openapi({
  description: 'When it is removed with its files, report and entry; null while it has not ended',
});

export const visitorTokenSchema = z.string().nullable().openapi({
  description:
    'Only where it was sent without any credential: as header x-visitor-token it makes later requests those of the same visitor. It is shown this once',
});

const counts = { rows: whole, accepted: whole, duplicate: whole, refused: whole };

export const uploadSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['windows', 'readings']),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    digest: z.string().openapi({
      description:
        'SHA-256 of how the file is read and of its bytes: the same again of you is this upload',
    }),
    size: whole.openapi({ description: 'Bytes' }),
    progress: whole.openapi({ description: 'Rows that were read so far' }),
    counts: z.object(counts).nullable().openapi({ description: 'Rows; null until it is done' }),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    createdAt: time,
    endedAt: time.nullable(),
    keptUntil: keptUntilSchema,
    report: z.string().openapi({
      description:
        'Path of the report, a line for each row; whoever has it may read the report, without more',
    }),
  })
  .openapi('Upload');

export const newUploadSchema = uploadSchema
  .extend({ visitorToken: visitorTokenSchema })
  .openapi('NewUpload');

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
