import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { dropFile, removeUpload } from '../../metering/uploads/remove.ts';
import { readUploads } from '../../metering/uploads/uploadStore.ts';
import type { ApiContext } from '../context.ts';
import { findFileOwner, ownerParameters } from '../fileOwner.ts';
import { getUpload, uploadView } from '../ownUploads.ts';
import { cutPage, nothing, pageQuery, problemContent, type ApiEnv } from '../route.ts';
import { uploadSchema, uploadsSchema } from '../schemas/upload.ts';
import { parseTimeCursor, timeCursorOf } from '../timeCursor.ts';
import { addUploadFileRoutes } from './uploadFiles.ts';

const params = z.object({ id: z.uuid() });
const problems = { '4XX': { description: 'Problem details (RFC 9457)', content: problemContent } };
const answer = { description: 'OK', content: { 'application/json': { schema: uploadSchema } } };
const shared = { tags: ['uploads'], ...ownerParameters };

const listRoute = createRoute({
  ...{ ...shared, method: 'get', path: '/v1/uploads', request: { query: pageQuery } },
  summary: 'Files that you uploaded, the newest first',
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: uploadsSchema } } },
    ...problems,
  },
});

const oneRoute = createRoute({
  ...{ ...shared, method: 'get', path: '/v1/uploads/{id}', request: { params, query: nothing } },
  ...{ summary: 'How an upload of yours stands', responses: { 200: answer, ...problems } },
});

const deleteRoute = createRoute({
  ...{ ...shared, method: 'delete', path: '/v1/uploads/{id}', request: { params } },
  summary: 'Stop reading a file; one that has ended is removed. What was stored of it stays',
  responses: { 200: answer, ...problems },
});

export function addUploadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addUploadFileRoutes(app, api);
  app.openapi(listRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const before = parseTimeCursor(cursor);
    const owner = await findFileOwner(api, context.env.incoming, false);
    if (owner === undefined) return context.json({ uploads: [], nextCursor: null }, 200);
    const read = await readUploads(api.database, owner.name, before, limit + 1);
    const { rows, nextCursor } = cutPage(read, limit, ({ upload }) => timeCursorOf(upload));
    return context.json({ uploads: rows.map((one) => uploadView(api, one)), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) =>
    context.json(
      uploadView(api, await getUpload(api, context, context.req.valid('param').id)),
      200,
    ),
  );
  app.openapi(deleteRoute, async (context) => {
    const { id } = context.req.valid('param');
    const state = await getUpload(api, context, id);
    if (state.job.endedAt !== null) {
      await removeUpload(api, id);
      return context.json(uploadView(api, state), 200);
    }
    if (await api.jobs.cancel(id)) await dropFile(api, id);
    return context.json(uploadView(api, await getUpload(api, context, id)), 200);
  });
}
