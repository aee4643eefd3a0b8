import { rm, stat } from 'node:fs/promises';
import { deleteJob, saveKeptBytes } from '../../jobs/jobStore.ts';
import type { Session } from '../../store/database/database.ts';
import { filesOf } from './files.ts';
import { forgetUpload } from './uploadStore.ts';

interface Kept {
  readonly database: Session;
  readonly dataFolder: string;
}

/** Takes the file of an upload that has ended away; its report is what is kept of it from then on. */
export async function dropFile({ database, dataFolder }: Kept, id: string): Promise<void> {
  const { file, report } = filesOf(dataFolder, id);
  await rm(file, { force: true });
  const size = await stat(report).then(
    (found) => found.size,
    () => 0,
  );
  await saveKeptBytes(database, id, size);
}

/** Takes an upload away, with its file and its report; what was stored of it stays. */
export async function removeUpload({ database, dataFolder }: Kept, id: string): Promise<void> {
  const { file, report } = filesOf(dataFolder, id);
  await rm(file, { force: true });
  await rm(report, { force: true });
  await forgetUpload(database, id);
  await deleteJob(database, id);
}
