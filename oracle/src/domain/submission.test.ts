import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  replacementFee,
  retryDelay,
  stepRewound,
  stepSubmission,
  type ChainView,
  type Observation,
  type SignedTransaction,
  type Submission,
} from './submission.ts';

const ROOT = `0x${'11'.repeat(32)}` as const;
const OTHER = `0x${'22'.repeat(32)}` as const;
const PACE = { resendAfter: 15, replaceAfter: 120 };
const transaction: SignedTransaction = {
  ...{ hash: `0x${'aa'.repeat(32)}`, raw: '0x02f8' },
  ...{ nonce: 7, signedAt: 990 },
};
const raised: SignedTransaction = { ...transaction, hash: `0x${'bb'.repeat(32)}`, signedAt: 1_200 };
const sealed: Submission = { phase: 'sealed' };

const view = (more: Partial<ChainView> = {}): ChainView => ({
  ...{ root: undefined, nextNumber: 3, nonce: 7 },
  ...more,
});

/** What head and settled block show, unless they are told apart. */
function observed(both: Partial<ChainView> = {}, more: Partial<Observation> = {}) {
  const base = { now: 1_000, root: ROOT, number: 3, mined: undefined };
  const observation: Observation = { ...base, head: view(both), settled: view(both), ...more };
  return { type: 'observed', observation } as const;
}

function signed(more: Partial<Extract<Submission, { phase: 'signed' }>> = {}): Submission {
  return { phase: 'signed', variants: [transaction], sentAt: 990, ...more };
}

const step = (state: Submission, action: Parameters<typeof stepSubmission>[1]) =>
  stepSubmission(state, action, PACE);

describe('submitting a batch', () => {
  it('signs a sealed batch with the next nonce', () => {
    assert.deepEqual(step(sealed, observed()), [sealed, [{ type: 'sign', nonce: 7 }]]);
  });

  it('sends what it signed, after the state that holds it', () => {
    const [state, effects] = step(sealed, { type: 'signed', transaction });
    assert.deepEqual(state, signed());
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
  });

  it('sends a stored transaction again after a restart instead of signing another', () => {
    const [state, effects] = step(signed({ sentAt: 900 }), observed());
    assert.deepEqual(state, signed({ sentAt: 1_000 }));
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
  });

  it('does not send again what was just sent', () => {
    assert.deepEqual(step(signed(), observed())[1], []);
  });

  it('recognises its own batch on the chain, whatever it remembers', () => {
    for (const state of [sealed, signed()]) {
      const [next, effects] = step(state, observed({ root: ROOT, nextNumber: 4 }));
      assert.equal(next.phase, 'submitted');
      assert.deepEqual(effects, []);
    }
  });

  it('replaces a transaction that nobody mines, with the same nonce, and remembers both', () => {
    const [state, effects] = step(signed(), observed({}, { now: 1_110 }));
    assert.deepEqual(effects, [{ type: 'replace', transaction }]);
    const [next, sends] = step(state, { type: 'signed', transaction: raised });
    assert.deepEqual(next, signed({ variants: [transaction, raised], sentAt: 1_200 }));
    assert.deepEqual(sends, [{ type: 'send', transaction: raised }]);
    const [later] = step(next, observed({ root: ROOT, nextNumber: 4, nonce: 8 }));
    assert.deepEqual(later, { phase: 'submitted', variants: [transaction, raised] });
  });

  it('does not replace what was never sent', () => {
    const [, effects] = step(signed({ sentAt: undefined }), observed({}, { now: 9_000 }));
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
  });

  it('signs anew only when it is settled that another transaction took the nonce', () => {
    const head = view({ nonce: 8 });
    assert.deepEqual(step(signed(), observed({}, { head })), [signed(), []]);
    const [state, effects] = step(signed(), observed({ nonce: 8 }));
    assert.deepEqual(state, sealed);
    assert.deepEqual(effects, [{ type: 'sign', nonce: 8 }]);
    const anew = { ...transaction, nonce: 8 };
    const [next] = step(signed(), { type: 'signed', transaction: anew });
    assert.deepEqual(next, { phase: 'signed', variants: [anew], sentAt: 990 });
  });

  it('fills a nonce before its own that nobody uses', () => {
    const [, effects] = step(signed(), observed({ nonce: 6 }, { now: 1_110 }));
    assert.deepEqual(effects, [
      { type: 'fill', nonce: 6 },
      { type: 'send', transaction },
    ]);
  });

  it('asks why a transaction failed, once that is settled', () => {
    const mined = { hash: transaction.hash, status: 'reverted' } as const;
    const [state, effects] = step(signed(), observed({ nonce: 8 }, { mined }));
    assert.deepEqual(state, signed());
    assert.deepEqual(effects, [{ type: 'explain', hash: transaction.hash }]);
  });

  it('waits when the chain shows success and no batch', () => {
    const mined = { hash: transaction.hash, status: 'success' } as const;
    assert.deepEqual(step(signed(), observed({ nonce: 8 }, { mined })), [signed(), []]);
  });

  it('lets its windows go when another batch has the number for good, and waits before', () => {
    const other = { root: OTHER, nextNumber: 4 };
    const [state, effects] = step(signed(), observed(other));
    assert.equal(state.phase === 'refused' && state.code, 'CHAIN_RECORD_MISMATCH');
    assert.deepEqual(effects, []);
    assert.equal(step(sealed, observed({ nextNumber: 2 }))[0].phase, 'refused');
    assert.deepEqual(step(sealed, observed({}, { head: view(other) })), [sealed, []]);
  });

  it('takes a refusal of the contract as it is', () => {
    const refusal = { code: 'DEVICE_REVOKED', detail: 'DeviceRevoked(0x1, 2, 3)' } as const;
    const [state] = step(sealed, { type: 'refused', ...refusal });
    assert.deepEqual(state, { phase: 'refused', ...refusal });
  });

  it('sends again what a reorganisation took back', () => {
    const variants = [transaction] as const;
    const [state, effects] = step({ phase: 'submitted', variants }, observed());
    assert.deepEqual(state, signed({ sentAt: 1_000 }));
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
    const confirmed: Submission = { phase: 'confirmed' };
    assert.equal(stepRewound(confirmed, variants).phase, 'signed');
    assert.equal(stepRewound(confirmed, undefined).phase, 'sealed');
  });

  it('leaves what is confirmed or refused alone', () => {
    const refused: Submission = { phase: 'refused', code: 'INTERNAL', detail: '' };
    for (const state of [{ phase: 'confirmed' } as const, refused]) {
      assert.deepEqual(step(state, observed()), [state, []]);
    }
    assert.deepEqual(stepRewound(refused, [transaction]), refused);
  });

  it('raises a fee enough for nodes to take it, at least to the day, at most to four times that', () => {
    assert.equal(replacementFee(800n, 100n), undefined);
    assert.equal(replacementFee(80n, 100n), 100n);
    assert.equal(replacementFee(100n, 100n), 113n);
    assert.equal(replacementFee(0n, 0n), undefined);
  });

  it('pauses longer after each refusal, at most an hour', () => {
    assert.deepEqual([1, 2, 3, 20].map(retryDelay), [5, 10, 20, 3600]);
  });
});

interface Mined {
  readonly nonce: number;
  readonly ours: boolean;
}

/** A chain that mines, forgets and takes back at its whim, a key used elsewhere, a process that dies. */
describe('whatever happens in between', () => {
  const SETTLED_DEPTH = 2;
  const EVENTS = ['step', 'mine', 'crash', 'lose', 'foreign', 'takeBack'] as const;

  function play(events: readonly (typeof EVENTS)[number][]): readonly Mined[] {
    let stored: Submission = sealed;
    let pool: SignedTransaction[] = [];
    const everSigned = new Map<string, SignedTransaction>();
    const blocks: Mined[][] = [];
    let now = 0;
    const viewOf = (kept: readonly Mined[][]): ChainView => {
      const mined = kept.flat();
      const landed = mined.some(({ ours }) => ours);
      return { root: landed ? ROOT : undefined, nextNumber: landed ? 4 : 3, nonce: mined.length };
    };
    const settledOf = () => viewOf(blocks.slice(0, Math.max(0, blocks.length - SETTLED_DEPTH)));
    const store = (state: Submission) => (stored = state);
    const sign = (nonce: number, alive: boolean): void => {
      const hash = `0x${everSigned.size.toString(16)}` as const;
      const made = { hash, raw: hash, nonce, signedAt: now };
      for (const before of everSigned.values()) {
        const usedForGood = settledOf().nonce > before.nonce;
        assert.ok(before.nonce === nonce || usedForGood, 'a second one could still be mined');
      }
      everSigned.set(hash, made);
      store(step(stored, { type: 'signed', transaction: made })[0]);
      if (alive) pool.push(made);
    };
    const look = (alive: boolean): void => {
      const [next, effects] = step(
        stored,
        observed({}, { now, head: viewOf(blocks), settled: settledOf() }),
      );
      store(next);
      for (const effect of effects) {
        if (effect.type === 'sign') sign(effect.nonce, alive);
        if (effect.type === 'replace') sign(effect.transaction.nonce, alive);
        if (effect.type === 'send' && alive) pool.push(effect.transaction);
        if (effect.type === 'fill' && alive) blocks.push([{ nonce: effect.nonce, ours: false }]);
      }
    };
    const mine = (): void => {
      const { nonce, root } = viewOf(blocks);
      const next = pool.find((one) => one.nonce === nonce);
      // The contract takes the batch once; a second transaction fails and uses its nonce.
      blocks.push(next === undefined ? [] : [{ nonce, ours: root === undefined }]);
      pool = pool.filter((one) => one.nonce > nonce);
    };
    const settling = Array.from({ length: 14 }, () => ['step', 'mine'] as const).flat();
    for (const event of [...events, ...settling]) {
      now += 60;
      if (event === 'step') look(true);
      if (event === 'crash') look(false);
      if (event === 'mine') mine();
      if (event === 'lose') pool = [];
      if (event === 'foreign') blocks.push([{ nonce: viewOf(blocks).nonce, ours: false }]);
      // Never deeper than what is settled; other blocks come in their place.
      if (event === 'takeBack' && blocks.length > SETTLED_DEPTH)
        blocks.splice(-SETTLED_DEPTH, SETTLED_DEPTH, [], []);
    }
    assert.equal(stored.phase, 'submitted', JSON.stringify(stored));
    return blocks.flat();
  }

  it('never signs a second transaction while the first could be mined, and lands once', () => {
    const whims = fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 });
    fc.assert(
      fc.property(whims, (events) => {
        assert.equal(play(events).filter(({ ours }) => ours).length, 1);
      }),
      { numRuns: 1_000 },
    );
  });
});
