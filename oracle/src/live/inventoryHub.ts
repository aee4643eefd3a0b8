import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TonneError } from '@truetonne/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { inventoryQuery } from '../api/schemas/inventory.ts';
import { inventoryView } from '../api/views/inventory.ts';
import { monthOf } from '../inventory/totals/deltas.ts';
import { readInventory } from '../inventory/totals/inventory.ts';
import { startLoop } from '../runtime/loop.ts';
import type { Database } from '../store/database/database.ts';
import { withTenant } from '../store/database/tenant.ts';
import {
  authoriseWatcher,
  CLOSE_NOT_ALLOWED,
  isRefusal,
  renewRight,
  RIGHTS_SECONDS,
  type WatchContext,
  type WatchRight,
} from './rights.ts';
import { keepViewers } from './viewers.ts';

export const INVENTORY_PATH = '/v1/live/inventory';

const MAX_WATCHERS = 2_000;
/** Changes are looked for so often while somebody watches; also those that another process stored. */
const PACE = { pauseMs: 250, leastMs: 250 };
/** One that leaves so much unread is let go, bytes. */
const MAX_BUFFERED = 1_000_000;

const CLOSE_TOO_SLOW = 1013;

const parameters = inventoryQuery
  .pick({ from: true, until: true, workspaceId: true })
  .extend({ organisation: z.uuid() });

interface Watcher {
  readonly socket: WebSocket;
  right: WatchRight;
  /** What is asked for; watchers who ask the same are sent the same text. */
  readonly question: { from: string; until: string; workspaceId: number | undefined };
  sentVersion: number;
  checkedAt: number;
}

/** Serves live totals of an inventory to those who may read it. */
export interface InventoryHub {
  /** Throws TonneError when the watcher may not. */
  readonly accept: (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createInventoryHub(context: WatchContext): InventoryHub {
  const { now } = context;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const viewers = keepViewers(sockets);
  const watchers = new Set<Watcher>();
  const loop = startLoop(
    async () => {
      if (watchers.size > 0) await sendNews(context, watchers);
      return false;
    },
    PACE,
    // A database that does not answer is asked again.
    () => undefined,
  );
  return {
    async accept(request, stream, head) {
      const watch = await authorise(context, request);
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

async function authorise(
  context: WatchContext,
  request: IncomingMessage,
): Promise<Pick<Watcher, 'right' | 'question'>> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? 'query';
    const value = url.searchParams.get(field) ?? 'nothing';
    throw new TonneError('PARAMETER_INVALID', { field, value, expected: issue?.message ?? '' });
  }
  const { organisation, from, until, workspaceId } = parsed.data;
  const right = await authoriseWatcher(context, request, organisation, 'inventory:read');
  return { right, question: { from, until, workspaceId } };
}

async function sendNews(context: WatchContext, watchers: ReadonlySet<Watcher>): Promise<void> {
  const { database, now } = context;
  const heads = await readHeads(database, watchers);
  for (const watcher of openOf(watchers)) {
    const { organisationId, rightsEnded } = watcher.right;
    const isDue = watcher.checkedAt + RIGHTS_SECONDS <= now();
    const ended = heads.get(organisationId)?.rightsEnded;
    if (isDue || ended !== rightsEnded) await letGoOfStranger(context, watcher);
  }
  const behind = openOf(watchers).filter(
    ({ right, sentVersion }) => heads.get(right.organisationId)?.version !== sentVersion,
  );
  const byQuestion = Map.groupBy(behind, ({ right, question }) =>
    JSON.stringify([right.organisationId, question]),
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
  const organisations = [...new Set([...watchers].map(({ right }) => right.organisationId))];
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
  const { right, question } = first;
  const { from, until, workspaceId } = question;
  const inventory = await withTenant(database, right.organisationId, (session) =>
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

async function letGoOfStranger(context: WatchContext, watcher: Watcher): Promise<void> {
  watcher.checkedAt = context.now();
  try {
    watcher.right = await renewRight(context, watcher.right);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    watcher.socket.close(CLOSE_NOT_ALLOWED, error.code);
  }
}
