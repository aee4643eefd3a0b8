import type { z } from 'zod';
import { importOptionsShape } from '../../inventory/imports/options.ts';
import type { ImportRow } from '../../store/tables/schema.ts';
import type { importSchema } from '../schemas/import.ts';

export function importView(row: ImportRow): z.input<typeof importSchema> {
  const { id, name, format, size, dryRun, state, rows, accepted, duplicate, refused, kept } = row;
  const { code, detail, actor, createdAt, endedAt, undoneAt, encoding, skipped } = row;
  return {
    ...{ id, name, format, size, dryRun, state, rows, accepted, duplicate, refused, kept },
    ...{ code, detail, actor, createdAt, endedAt, undoneAt, encoding, skipped },
    workspaceId: String(row.workspaceId),
    options: importOptionsShape.parse(JSON.parse(row.options)),
    report: `/v1/imports/${id}/report`,
  };
}
