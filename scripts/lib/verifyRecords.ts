import { readFile } from 'node:fs/promises';
import {
  auditGenesis,
  findBytes,
  TonneError,
  toHex,
  verifyAuditEntries,
  verifyInventoryLine,
  type AuditEntry,
  type Hex,
} from '@truetonne/protocol';

/** What can be checked of an organisation with nothing but files. */
export type RecordKind = 'audit' | 'line';

/**
 * Checks pages of `GET /v1/audit` in their order, or one answer of `GET /v1/proofs` against its root or
 * the one given. Answers what was verified.
 *
 * @throws TonneError AUDIT_CHAIN_BROKEN, LINE_NOT_IN_INVENTORY, FILE_MALFORMED
 */
export async function verifyRecords(
  kind: RecordKind,
  paths: readonly string[],
  root: string | undefined,
): Promise<string> {
  const pages = await Promise.all(paths.map(async (path) => parse(await readFile(path, 'utf8'))));
  return kind === 'audit' ? verifyAudit(pages) : verifyLines(pages, root);
}

function verifyAudit(pages: readonly object[]): string {
  const id = field(pages[0] ?? {}, 'organisationId');
  if (typeof id !== 'string') throw malformed('organisationId');
  const entries = pages.flatMap((page) => list(page, 'entries')).map(toEntry);
  const head = verifyAuditEntries(entries, { number: 0, hash: auditGenesis(id) });
  return `${head.number} entries follow one another; the last one is ${head.hash}`;
}

async function verifyLines(pages: readonly object[], given: string | undefined): Promise<string> {
  let lines = 0;
  for (const page of pages) {
    const root = hex(given ?? field(page, 'root'), 'root');
    for (const one of list(page, 'lines')) {
      const line = field(one, 'line');
      if (typeof line !== 'string') throw malformed('line');
      const proof = list(one, 'proof').map((partner) => hex(partner, 'proof'));
      await verifyInventoryLine(line, proof, root);
      lines++;
    }
  }
  return `${lines} lines lead to the root`;
}

function toEntry(value: unknown): AuditEntry {
  const text = (name: string): string => {
    const found = field(value, name);
    if (typeof found === 'string') return found;
    throw malformed(name);
  };
  const whole = (name: string): number => {
    const found = field(value, name);
    if (typeof found === 'number') return found;
    throw malformed(name);
  };
  return {
    ...{ number: whole('number'), at: whole('at'), actor: text('actor'), action: text('action') },
    ...{ subject: text('subject'), detail: text('detail') },
    ...{ previousHash: hex(text('previousHash'), 'previousHash'), hash: hex(text('hash'), 'hash') },
  };
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw malformed('file');
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) throw malformed(name);
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  if (Array.isArray(found)) return found;
  throw malformed(name);
}

function hex(value: unknown, name: string): Hex {
  const bytes = typeof value === 'string' ? findBytes(value) : undefined;
  if (bytes === undefined) throw malformed(name);
  return toHex(bytes);
}

function malformed(name: string): TonneError {
  return new TonneError('FILE_MALFORMED', {
    field: name,
    expected: 'an answer of the API, as JSON',
  });
}
