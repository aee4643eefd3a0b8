import { z } from '@hono/zod-openapi';
import { concatBytes, encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { makeToken } from '../../src/accounts/signIn/tokens.ts';
import { VISITOR_TOKEN } from '../../src/api/fileOwner.ts';
import { cursorSchema } from '../../src/api/route.ts';
import {
  alertSchema,
  equivocationSchema,
  exportSchema,
  flagSchema,
  fleetDeviceSchema,
  fleetSummarySchema,
  meterReplacementSchema,
  ruleReasonSchema,
  statisticsSchema,
} from '../../src/api/schemas/fleet.ts';
import {
  acceptanceSchema,
  batchDetailSchema,
  batchSchema,
  bucketSchema,
  bytes,
  deviceSchema,
  findingSchema,
  healthSchema,
  partlyRefusedSchema,
  problemSchema,
  projectDetailSchema,
  projectSchema,
  readingSchema,
  readingStatusSchema,
  windowSchema,
} from '../../src/api/schemas/shared.ts';

const nextCursor = cursorSchema;
const batchPage = z.object({ batches: z.array(batchSchema), nextCursor });
const readingPage = z.object({ readings: z.array(readingSchema), nextCursor });
const findingPage = z.object({ findings: z.array(findingSchema), nextCursor });
const energyAnswer = z.object({ bucket: z.string(), buckets: z.array(bucketSchema) });
const devicePage = z.strictObject({ devices: z.array(deviceSchema.strict()), nextCursor });
const projectPage = z.strictObject({ projects: z.array(projectSchema.strict()), nextCursor });
const equivocationPage = z.strictObject({
  publicKey: bytes,
  equivocations: z.array(equivocationSchema),
  nextCursor,
});
const fleetAnswer = z.object({
  summary: fleetSummarySchema.strict(),
  devices: z.array(fleetDeviceSchema.strict()),
  nextCursor,
});
const alertsAnswer = z.object({ alerts: z.array(alertSchema.strict()), nextCursor });
const replacementPage = z.strictObject({
  meterReplacements: z.array(meterReplacementSchema.strict()),
  nextCursor,
});
const flagsAnswer = z.object({ flags: z.array(flagSchema.strict()), nextCursor });
const reasonsAnswer = z.object({
  methodology: z.string(),
  reasons: z.array(ruleReasonSchema.strict()),
});
const refusal = z.union([partlyRefusedSchema, problemSchema]);

/** Windows in a request as devices send them. */
export function joinWindows(windows: readonly SealedWindow[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(concatBytes(windows.map(encodeWindow)));
}

/** Follows the cursors of a list to its end. */
export async function readPages<Page extends { readonly nextCursor: string | null }>(
  ask: (query: URLSearchParams) => Promise<Page>,
  limit?: number,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const query = new URLSearchParams(limit === undefined ? {} : { limit: String(limit) });
  for (;;) {
    const page = await ask(query);
    pages.push(page);
    if (page.nextCursor === null) return pages;
    query.set('cursor', page.nextCursor);
  }
}

/**
 * Asks an oracle over HTTP. Every answer is checked against the schema that the API documents, strictly,
 * so that a field that is missing or not documented fails the test. Each client is a visitor of its own, by the headers `own`.
 */
export function createClient(url: string) {
  const own = { [VISITOR_TOKEN]: makeToken() };
  async function get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const response = await fetch(`${url}${path}`, { headers: own });
    const body: unknown = await response.json();
    if (response.status !== 200)
      throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    return schema.parse(body);
  }
  const devicesIn = (query: URLSearchParams) => get(`/v1/devices?${query}`, devicePage);
  const projectsIn = (query: URLSearchParams) => get(`/v1/projects?${query}`, projectPage);
  return {
    url,
    own,
    get,
    batch: (id: string) => get(`/v1/batches/${id}`, batchDetailSchema.strict()),
    batches: async (projectId: number) =>
      (await get(`/v1/batches?project=${projectId}`, batchPage)).batches,
    batchFindings: async (id: string) =>
      (await get(`/v1/batches/${id}/findings`, findingPage)).findings,
    device: (id: string) => get(`/v1/devices/${id}`, deviceSchema.strict()),
    /** All of them, page by page. */
    devices: async (limit?: number) =>
      (await readPages(devicesIn, limit)).flatMap((page) => page.devices),
    energy: async (id: string, query: string) =>
      (await get(`/v1/devices/${id}/energy?${query}`, energyAnswer)).buckets,
    findings: (projectId: number, query = '') =>
      get(`/v1/projects/${projectId}/findings${query}`, findingPage),
    health: () => get('/health', healthSchema.strict()),
    latest: (id: string) => get(`/v1/devices/${id}/latest`, readingSchema.strict()),
    project: (id: number) => get(`/v1/projects/${id}`, projectDetailSchema.strict()),
    /** All of them, page by page. */
    projects: async (limit?: number) =>
      (await readPages(projectsIn, limit)).flatMap((page) => page.projects),
    readings: (id: string, query: string) =>
      get(`/v1/devices/${id}/readings?${query}`, readingPage),
    status: (deviceId: string, sequence: number, index = 0) =>
      get(`/v1/readings/${deviceId}.${sequence}.${index}/status`, readingStatusSchema.strict()),
    equivocations: (id: string, query = '') =>
      get(`/v1/devices/${id}/equivocations${query}`, equivocationPage),
    fleet: (query = '') => get(`/v1/fleet${query}`, fleetAnswer),
    alerts: async (query = '') => (await get(`/v1/alerts${query}`, alertsAnswer)).alerts,
    statistics: (id: string, query = '') =>
      get(`/v1/devices/${id}/statistics${query}`, statisticsSchema.strict()),
    meterReplacements: async (query = '') =>
      (await get(`/v1/meter-replacements${query}`, replacementPage)).meterReplacements,
    export: (id: string) => get(`/v1/exports/${id}`, exportSchema.strict()),
    projectEnergy: async (id: number, query = '') =>
      (await get(`/v1/projects/${id}/energy${query}`, energyAnswer)).buckets,
    flags: (id: number, query = '') => get(`/v1/projects/${id}/flags${query}`, flagsAnswer),
    reasons: (query = '') => get(`/v1/reasons${query}`, reasonsAnswer),
    window: (deviceId: string, sequence: number) =>
      get(`/v1/windows/${deviceId}/${sequence}`, windowSchema.strict()),
    async refused(path: string, init?: RequestInit) {
      const response = await fetch(`${url}${path}`, { headers: own, ...init });
      return problemSchema.parse(await response.json());
    },
    /** Posts windows and answers their results; throws when any was refused. */
    async post(windows: readonly SealedWindow[]) {
      const response = await send('application/octet-stream', joinWindows(windows));
      const body: unknown = await response.json();
      if (response.status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
      return acceptanceSchema.parse(body).results;
    },
    /** Posts a body that is refused, wholly or in part. */
    async postRefused(type: string, body: BodyInit) {
      const response = await send(type, body);
      if (response.status < 400) throw new Error(`not refused: ${await response.text()}`);
      return refusal.parse(await response.json());
    },
    async postJson(path: string, body: unknown) {
      const headers = { 'content-type': 'application/json', ...own };
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
  };

  function send(type: string, body: BodyInit): Promise<Response> {
    return fetch(`${url}/v1/windows`, { method: 'POST', headers: { 'content-type': type }, body });
  }
}

export type TestClient = ReturnType<typeof createClient>;
