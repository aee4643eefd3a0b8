import { createHash } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import { and, eq } from 'drizzle-orm';
import type { Session } from '../store/database/database.ts';
import type { TenantSession } from '../store/database/tenant.ts';
import {
  accountAnswers as accountAnswersTable,
  idempotentAnswers,
} from '../store/tables/schema.ts';

/** What a route answers. */
export interface Reply<Body> {
  readonly body: Body;
  readonly status?: 200 | 201 | 202;
  readonly etag?: string;
}

export interface StoredReply {
  readonly text: string;
  readonly status: number;
  readonly etag: string | undefined;
  readonly replayed: boolean;
}

export interface IdempotentRequest {
  /** The header `idempotency-key`, as the client chose it. */
  readonly key: string;
  readonly hash: Hex;
  /** Whether the answer holds a secret. */
  readonly secret?: boolean;
}

export const IDEMPOTENCY_KEY = 'idempotency-key';

/** A key is heeded for at least a day: no client tries one request again for longer. */
const KEPT_SECONDS = 86_400;

/** Answers that are deleted with one statement. */
const CHUNK = 5_000;

/** Of an idempotency key: printable ASCII. */
const KEY = /^[\x21-\x7e]{1,200}$/;

export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || KEY.test(header)) return header;
  const expected = '1 to 200 letters without blanks';
  throw new TonneError('PARAMETER_INVALID', { field: 'idempotency-key', value: header, expected });
}

export function hashRequest(actor: string, method: string, url: string, body: string): Hex {
  const text = JSON.stringify([actor, method, url, body]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

/** Where the answers of one organisation's writes, or of one account's, are kept. */
export interface AnswerStore {
  readonly run: Session['run'];
  /** Whose keys: two that are equal are one only inside of it. */
  readonly owner: string;
  readonly find: (key: string) => Promise<KeptAnswer | undefined>;
  readonly save: (answer: KeptAnswer & { readonly key: string }) => Promise<void>;
}

interface KeptAnswer {
  readonly requestHash: Hex;
  readonly status: number;
  /** Empty: it held a secret. */
  readonly body: string;
  readonly etag: string | null;
  readonly createdAt: number;
}

export function tenantAnswers({ orm, run, organisationId }: TenantSession): AnswerStore {
  const table = idempotentAnswers;
  return {
    ...{ run, owner: organisationId },
    async find(key) {
      const [known] = await orm.select().from(table).where(eq(table.key, key));
      return known;
    },
    save: async (answer) => void (await orm.insert(table).values({ ...answer, organisationId })),
  };
}

/** Of writes outside of an organisation, such as making one. */
export function accountAnswers({ orm, run }: Session, accountId: number): AnswerStore {
  const table = accountAnswersTable;
  return {
    ...{ run, owner: `account:${accountId}` },
    async find(key) {
      const mine = and(eq(table.accountId, accountId), eq(table.key, key));
      const [known] = await orm.select().from(table).where(mine);
      return known;
    },
    save: async (answer) => void (await orm.insert(table).values({ ...answer, accountId })),
  };
}

/**
 * Does a write once: the same key with the same request answers what it answered the first time. The
 * answer is kept in the write's own transaction, so neither is there without the other. One with a
 * secret is not kept: its repetition does nothing and is refused.
 *
 * @throws TonneError IDEMPOTENCY_KEY_REUSED, SECRET_SHOWN_BEFORE
 */
export async function doOnce(
  answers: AnswerStore,
  { key, hash: requestHash, secret = false }: IdempotentRequest,
  now: number,
  work: () => Promise<StoredReply>,
): Promise<StoredReply> {
  const { run, owner, find, save } = answers;
  // Two requests with one key at the same time: the second waits for the first.
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${owner}${key}`]);
  const known = await find(key);
  if (known !== undefined) {
    const field = 'idempotency-key';
    if (known.requestHash !== requestHash) {
      throw new TonneError('IDEMPOTENCY_KEY_REUSED', { field, value: key });
    }
    const { status, body, etag } = known;
    if (body === '') throw new TonneError('SECRET_SHOWN_BEFORE', { field, value: key });
    return { text: body, status, etag: etag ?? undefined, replayed: true };
  }
  const reply = await work();
  const { text, status, etag } = reply;
  const body = secret ? '' : text;
  await save({ key, requestHash, status, body, etag: etag ?? null, createdAt: now });
  return reply;
}

/**
 * Deletes answers that are kept no longer, of all organisations and accounts: to be done outside of any.
 * Answers whether there are more.
 */
export async function forgetAnswers({ run }: Session, now: number): Promise<boolean> {
  let more = false;
  for (const [table, owner] of [
    ['idempotent_answers', 'organisation_id'],
    ['account_answers', 'account_id'],
  ]) {
    const rows = await run(
      `DELETE FROM ${table} WHERE (${owner}, key) IN (
         SELECT ${owner}, key FROM ${table} WHERE created_at < $1 ORDER BY created_at LIMIT $2)
       RETURNING 1`,
      [now - KEPT_SECONDS, CHUNK],
    );
    more ||= rows.length === CHUNK;
  }
  return more;
}
