import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { auditGenesis, auditHash, verifyAuditEntries, type AuditEntry } from './chain.ts';

const ORGANISATION = '00000000-0000-4000-8000-000000000001';
const START = { number: 0, hash: auditGenesis(ORGANISATION) };

function chainOf(details: readonly string[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const detail of details) {
    const { number, hash } = entries.at(-1) ?? START;
    const content = {
      ...{ number: number + 1, at: 1_780_000_000, actor: 'wallet:0x01', action: 'a.b' },
      ...{ subject: '1', detail, previousHash: hash },
    };
    entries.push({ ...content, hash: auditHash(content) });
  }
  return entries;
}

const details = fc.array(fc.string(), { minLength: 1, maxLength: 12 });

describe('an audit log', () => {
  it('is verified from its beginning, or from any entry that is known', () => {
    fc.assert(
      fc.property(details, fc.nat(), (texts, cut) => {
        const entries = chainOf(texts);
        const head = verifyAuditEntries(entries, START);
        const [before, after] = [
          entries.slice(0, cut % entries.length),
          entries.slice(cut % entries.length),
        ];
        assert.deepEqual(verifyAuditEntries(after, before.at(-1) ?? START), head);
      }),
    );
  });

  it('shows an entry that was changed, left out, added, moved, or moved to another organisation', () => {
    fc.assert(
      fc.property(details, fc.nat(), (texts, place) => {
        const entries = chainOf(texts);
        const at = place % entries.length;
        const one = entries[at];
        assert.ok(one);
        const changed = entries.with(at, { ...one, detail: `${one.detail} ` });
        const rehashed = entries.with(at, { ...one, at: 1, hash: auditHash({ ...one, at: 1 }) });
        const attempts = [changed, entries.toSpliced(at, 0, one)];
        if (at < entries.length - 1) attempts.push(rehashed, entries.toSpliced(at, 1));
        for (const attempt of attempts) {
          assert.throws(() => verifyAuditEntries(attempt, START), /AUDIT_CHAIN_BROKEN|missing/);
        }
        const other = { number: 0, hash: auditGenesis('another') };
        assert.throws(() => verifyAuditEntries(entries, other));
      }),
    );
  });

  it('has this hash for this entry', () => {
    assert.equal(START.hash, '0x2c587d1111d47429970d9ac7ccd309ca593e88ac1d81dbcfa96b3b41dce2bfc3');
  });
});
