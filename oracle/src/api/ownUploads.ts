import { TonneError } from '@truetonne/protocol';
import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { uploadOutputShape } from '../metering/uploads/run.ts';
import { findUpload, type UploadState } from '../metering/uploads/uploadStore.ts';
import type { ApiContext } from './context.ts';
import { fileKeyOf } from './fileKey.ts';
import { findFileOwner } from './fileOwner.ts';
import type { ApiEnv } from './route.ts';
import type { uploadSchema } from './schemas/upload.ts';

/** Somebody else's is as unknown as one that never was. Throws JOB_UNKNOWN. */
export async function getUpload(
  api: ApiContext,
  { env: { incoming }, req }: Context<ApiEnv>,
  id: string,
): Promise<UploadState> {
  const owner = await findFileOwner(api, incoming, req.method !== 'GET');
  const state = owner && (await findUpload(api.database, owner.name, id));
  if (state === undefined) throw unknownUpload(id);
  return state;
}

export function unknownUpload(id: string): TonneError {
  return new TonneError('JOB_UNKNOWN', { field: 'id', value: id });
}

export function uploadView(
  { jobQuota, signIn: { seal } }: ApiContext,
  { upload, job }: UploadState,
): z.infer<typeof uploadSchema> {
  const output = job.output === null ? undefined : uploadOutputShape.parse(JSON.parse(job.output));
  const rows = output && output.accepted + output.duplicate + output.refused;
  const { id, kind, digest, size, createdAt } = upload;
  const { code, detail, endedAt } = job;
  return {
    ...{ id, kind, status: job.state, digest, size, progress: job.doneSteps },
    counts: output === undefined || rows === undefined ? null : { rows, ...output },
    ...{ code, detail, createdAt, endedAt },
    keptUntil: endedAt === null ? null : endedAt + jobQuota.keptSeconds,
    report: `/v1/uploads/${id}/report?key=${fileKeyOf(seal, id)}`,
  };
}
