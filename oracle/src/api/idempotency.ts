import { createHash } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import { eq } from 'drizzle-orm';
import { idempotentAnswers } from '../store/tables/schema.ts';
import type { TenantSession } from '../store/database/tenant.ts';

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
}

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

/**
 * Does a write once: the same key with the same request answers what it answered the first time. The
 * answer is kept in the write's own transaction, so neither is there without the other.
 *
 * @throws TonneError IDEMPOTENCY_KEY_REUSED
 */
export async function doOnce(
  session: TenantSession,
  request: IdempotentRequest,
  now: number,
  work: () => Promise<StoredReply>,
): Promise<StoredReply> {
  const { orm, organisationId, run } = session;
  const { key, hash: requestHash } = request;
  // Two requests with one key at the same time: the second waits for the first.
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${organisationId}${key}`]);
  const [known] = await orm.select().from(idempotentAnswers).where(eq(idempotentAnswers.key, key));
  if (known !== undefined) {
    if (known.requestHash !== requestHash) {
      throw new TonneError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotency-key', value: key });
    }
    const { status, body, etag } = known;
    return { text: body, status, etag: etag ?? undefined, replayed: true };
  }
  const reply = await work();
  const { text: body, status, etag } = reply;
  await orm
    .insert(idempotentAnswers)
    .values({ organisationId, key, requestHash, status, body, etag: etag ?? null, createdAt: now });
  return reply;
}
