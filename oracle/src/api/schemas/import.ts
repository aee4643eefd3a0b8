import { z } from '@hono/zod-openapi';
import { importOptionsShape } from '../../imports/options.ts';
import { ENCODINGS } from '../../uploads/encoding.ts';
import { cursorSchema } from '../route.ts';
import { time, whole } from './shared.ts';

const encodingSchema = z.enum(ENCODINGS).nullable().openapi({
  description: 'What the text is written in: Windows-1252 where it is not UTF-8. null: a workbook',
});

export const importSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    format: z.enum(['csv', 'xlsx']),
    encoding: encodingSchema,
    workspaceId: z.string(),
    size: whole,
    dryRun: z.boolean(),
    options: importOptionsShape,
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'undone']),
    rows: whole.openapi({ description: 'Read so far' }),
    accepted: whole,
    duplicate: whole,
    refused: whole,
    kept: whole.openapi({ description: 'Changed by hand, so they stayed when it was undone' }),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    actor: z.string(),
    createdAt: time,
    endedAt: time.nullable(),
    undoneAt: time.nullable(),
    report: z.string(),
  })
  .openapi('Import');

export const importsSchema = z.object({ imports: z.array(importSchema), nextCursor: cursorSchema });

export const inspectionSchema = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    encoding: encodingSchema,
    columns: z.array(z.string()),
    sample: z.array(z.array(z.string())).openapi({ description: 'The first rows' }),
    remembered: importOptionsShape
      .nullable()
      .openapi({ description: 'How a file with this head line was read the last time' }),
  })
  .openapi('FileInspection');

export const importReportSchema = z.object({
  lines: z.array(
    z.object({
      line: whole,
      status: z.enum(['accepted', 'duplicate', 'refused']),
      activity: z.string(),
      code: z.string(),
      field: z.string(),
      value: z.string(),
      detail: z.string(),
    }),
  ),
  nextCursor: cursorSchema,
});
