import { z } from '@hono/zod-openapi';
import { ENCODINGS } from '../../csv/encoding.ts';
import { importOptionsShape } from '../../inventory/imports/options.ts';
import { IMPORT_STATUSES } from '../../inventory/imports/outcome.ts';
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
    rows: whole.openapi({
      description: 'Read so far; a row with columns of months has several figures',
    }),
    accepted: whole,
    duplicate: whole,
    refused: whole,
    skipped: whole.openapi({ description: 'Empty cells of columns of months: they are no zeros' }),
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
    sheets: z.array(z.string()).openapi({ description: 'Worksheets of an XLSX; none of text' }),
    sheet: z.string().nullable().openapi({ description: 'The one that is shown' }),
    headLine: whole.openapi({ description: 'As asked for, or else a guess' }),
    columns: z.array(z.string()),
    sample: z.array(z.array(z.string())).openapi({ description: 'The first rows' }),
    months: z
      .array(z.object({ column: z.string(), year: z.string().nullable(), month: z.string() }))
      .openapi({ description: 'Columns that are named by months; each can be mapped to `month`' }),
    remembered: importOptionsShape
      .nullable()
      .openapi({ description: 'How a file with this head line was read the last time' }),
  })
  .openapi('FileInspection');

export const importReportSchema = z.object({
  lines: z.array(
    z.object({
      line: whole,
      status: z.enum(IMPORT_STATUSES),
      activity: z.string(),
      code: z.string(),
      field: z.string(),
      value: z.string(),
      detail: z.string(),
      column: z.string().openapi({ description: 'That of the month, where each has one' }),
    }),
  ),
  nextCursor: cursorSchema,
});
