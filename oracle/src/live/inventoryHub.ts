import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TonneError } from '@truetonne/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { getActor, getCredential, type Credential } from '../api/caller.ts';
import { inventoryQuery } from '../api/schemas/inventory.ts';
import { inventoryView } from '../api/views/inventory.ts';
import { monthOf } from '../inventory/deltas.ts';
import { readInventory } from '../inventory/inventory.ts';
import { startLoop } from '../loop.ts';
import type { Database } from '../store/database/database.ts';
import { withTenant } from '../store/database/tenant.ts';
import type { OrganisationRow } from '../store/tables/schema.ts';
import { keepViewers } from './viewers.ts';

export const INVENTORY_PATH = '/v1/live/inventory';

const MAX_WATCHERS = 2_000;
/** Changes are looked for so often while somebody watches; also those that another process stored. */
const PACE = { pauseMs: 250, leastMs: 250 };
/** Rights that end by themselves, as sessions and keys do with time, are looked at so often, seconds. */
const RIGHTS_SECONDS = 30;
/** One that leaves so much unread is let go, bytes. */
const MAX_BUFFERED = 1_000_000;

const CLOSE_TOO_SLOW = 1013;
/** Of the range that applications may use (RFC 6455, section 7.4.2). */
const CLOSE_NOT_ALLOWED = 4403;

const parameters = inventoryQuery
  .pick({ from: true, until: true, workspaceId: true })
  .extend({ organisation: z.uuid() });

interface Watcher {
  readonly socket: WebSocket;
  readonly credential: Credential;
  readonly organisationId: string;
  /** What is asked for; watchers who ask the same are sent the same text. */
  readonly question: { from: string; until: string; workspaceId: number | undefined };
  sentVersion: number;
  checkedAt: number;
  /** The last end of a right in the organisation, when the watcher's own was looked at. */
  rightsEnded: number;
}

/** Serves live totals of an inventory to those who may read it. */
export interface InventoryHub {
  /** Throws TonneError when the watcher may not. */
  readonly accept: (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface HubContext {
  readonly database: Database;
  readonly origins: readonly string[];
  readonly now: () => number;
}

export function createInventoryHub({ database, origins, now }: HubContext): InventoryHub {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const viewers = keepViewers(sockets);
  const watchers = new Set<Watcher>();
  const loop = startLoop(
    async () => {
      if (watchers.size > 0) await sendNews(database, watchers, now());
      return false;
    },
    PACE,
    // A database that does not answer is asked again.
    () => undefined,
  );
  return {
    async accept(request, stream, head) {
      const watch = await authorise(database, request, origins, now());
      if (watchers.size >= MAX_WATCHERS) throw new TonneError('TOO_MANY_WATCHERS');
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const watcher = { ...watch, socket, sentVersion: -1, checkedAt: now() };
        watchers.add(watcher);
        socket.on('close', () => watchers.delete(watcher));
        viewers.keep(socket);
        loop.wake();
      });
    },
    async close() {
      await loop.stop();
      await viewers.close();
    },
  };
}

/** A browser sends the cookie to any address that a page names: the page must be one of ours. */
async function authorise(
  database: Database,
  request: IncomingMessage,
  origins: readonly string[],
  now: number,
): Promise<Omit<Watcher, 'socket' | 'sentVersion' | 'checkedAt'>> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? 'query';
    const value = url.searchParams.get(field) ?? 'nothing';
    throw new TonneError('PARAMETER_INVALID', { field, value, expected: issue?.message ?? '' });
  }
  const { organisation: organisationId, from, until, workspaceId } = parsed.data;
  const credential = getCredential(request);
  const origin = request.headers.origin ?? '';
  if (credential.kind === 'session' && !origins.includes(origin)) {
    const expected = origins.join(' or ');
    throw new TonneError('ORIGIN_REFUSED', { field: 'origin', value: origin, expected });
  }
  const { rightsEnded } = await getWatched(database, credential, organisationId, now);
  return { credential, organisationId, question: { from, until, workspaceId }, rightsEnded };
}

/** The organisation as it is when the right to watch it is looked at; throws where there is none. */
async function getWatched(
  database: Database,
  credential: Credential,
  organisationId: string,
  now: number,
): Promise<OrganisationRow> {
  const permission = 'inventory:read';
  const need = { permission, organisationId, forWrite: false, dangerous: false } as const;
  return (await getActor(database, credential, need, now)).organisation;
}

async function sendNews(
  database: Database,
  watchers: ReadonlySet<Watcher>,
  now: number,
): Promise<void> {
  const heads = await readHeads(database, watchers);
  for (const watcher of openOf(watchers)) {
    const ended = heads.get(watcher.organisationId)?.rightsEnded;
    const isDue = watcher.checkedAt + RIGHTS_SECONDS <= now || ended !== watcher.rightsEnded;
    if (isDue) await letGoOfStranger(database, watcher, now);
  }
  const behind = openOf(watchers).filter(
    ({ organisationId, sentVersion }) => heads.get(organisationId)?.version !== sentVersion,
  );
  const byQuestion = Map.groupBy(behind, ({ organisationId, question }) =>
    JSON.stringify([organisationId, question]),
  );
  for (const same of byQuestion.values()) await send(database, same);
}

/** Without those who were let go and have not said goodbye yet. */
function openOf(watchers: ReadonlySet<Watcher>): readonly Watcher[] {
  return [...watchers].filter(({ socket }) => socket.readyState === socket.OPEN);
}

interface Head {
  /** Of the inventory; 0: nothing was ever counted. */
  readonly version: number;
  readonly rightsEnded: number;
}

/** What changed in the organisations that are watched, also by another process. */
async function readHeads(
  database: Database,
  watchers: ReadonlySet<Watcher>,
): Promise<ReadonlyMap<string, Head>> {
  const organisations = [...new Set([...watchers].map(({ organisationId }) => organisationId))];
  const rows = await database.run(
    `SELECT o.organisation_id, coalesce(h.version, 0), o.rights_ended
     FROM organisations o LEFT JOIN inventory_heads h USING (organisation_id)
     WHERE o.organisation_id = ANY($1::uuid[])`,
    [organisations],
    'inventory-heads',
  );
  return new Map(
    rows.map(([id, version, ended]) => [
      String(id),
      { version: Number(version), rightsEnded: Number(ended) },
    ]),
  );
}

/** Reads what they ask for once and sends it to all of them. */
async function send(database: Database, watchers: readonly Watcher[]): Promise<void> {
  const [first] = watchers;
  if (first === undefined) return;
  const { organisationId, question } = first;
  const { from, until, workspaceId } = question;
  const inventory = await withTenant(database, organisationId, (session) =>
    readInventory(session, {
      ...{ fromMonth: monthOf(from), toMonth: monthOf(until), workspaceId },
      ...{ groups: [], byMonth: false },
    }),
  );
  const text = JSON.stringify({ from, until, ...inventoryView(inventory) });
  for (const watcher of watchers) {
    watcher.sentVersion = inventory.version;
    if (watcher.socket.bufferedAmount > MAX_BUFFERED) {
      watcher.socket.close(CLOSE_TOO_SLOW, 'CONSUMER_TOO_SLOW');
    } else watcher.socket.send(text);
  }
}

async function letGoOfStranger(database: Database, watcher: Watcher, now: number): Promise<void> {
  const { credential, organisationId, socket } = watcher;
  watcher.checkedAt = now;
  try {
    const { rightsEnded } = await getWatched(database, credential, organisationId, now);
    watcher.rightsEnded = rightsEnded;
  } catch (error) {
    if (!(error instanceof TonneError) || error.code === 'STORE_UNAVAILABLE') throw error;
    socket.close(CLOSE_NOT_ALLOWED, error.code);
  }
}
