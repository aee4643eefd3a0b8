import { rm } from 'node:fs/promises';
import { deleteJob } from '../../jobs/jobStore.ts';
import type { Session } from '../../store/database/database.ts';
import type { JobRow } from '../../store/tables/schema.ts';
import { exportPath, exportShape } from './export.ts';

/** Takes an export away, with its file. */
export async function removeExport(
  { database, dataFolder }: { readonly database: Session; readonly dataFolder: string },
  { id, input }: JobRow,
): Promise<void> {
  const { format } = exportShape.parse(JSON.parse(input));
  await rm(exportPath(dataFolder, id, format), { force: true });
  await deleteJob(database, id);
}
