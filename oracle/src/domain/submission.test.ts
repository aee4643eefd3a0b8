import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  retryDelay,
  stepSubmission,
  type Observation,
  type SignedTransaction,
  type Submission,
} from './submission.ts';

const ROOT = `0x${'11'.repeat(32)}` as const;
const OTHER = `0x${'22'.repeat(32)}` as const;
const transaction: SignedTransaction = { hash: `0x${'aa'.repeat(32)}`, raw: '0x02f8', nonce: 7 };

function observed(more: Partial<Observation> = {}) {
  const observation: Observation = {
    now: 1_000,
    root: ROOT,
    number: 3,
    chainRoot: undefined,
    nextNumber: 3,
    receipt: 'unknown',
    accountNonce: 7,
    ...more,
  };
  return { type: 'observed', observation } as const;
}

function signed(more: Partial<Extract<Submission, { phase: 'signed' }>> = {}): Submission {
  return { phase: 'signed', transaction, signedAt: 990, sentAt: 990, ...more };
}

describe('submitting a batch', () => {
  it('signs a sealed batch', () => {
    const [state, effects] = stepSubmission({ phase: 'sealed' }, observed());
    assert.deepEqual(state, { phase: 'sealed' });
    assert.deepEqual(effects, [{ type: 'sign', nonce: undefined }]);
  });

  it('sends what it signed, after the state that holds it', () => {
    const [state, effects] = stepSubmission(
      { phase: 'sealed' },
      { type: 'signed', transaction, now: 5 },
    );
    assert.deepEqual(state, { phase: 'signed', transaction, signedAt: 5, sentAt: 5 });
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
  });

  it('sends a stored transaction again after a restart instead of signing another', () => {
    const [state, effects] = stepSubmission(signed({ sentAt: 900 }), observed());
    assert.deepEqual(state, signed({ sentAt: 1_000 }));
    assert.deepEqual(effects, [{ type: 'send', transaction }]);
  });

  it('does not send again what was just sent', () => {
    assert.deepEqual(stepSubmission(signed(), observed())[1], []);
  });

  it('recognises its own batch on the chain, whatever it remembers', () => {
    for (const state of [{ phase: 'sealed' } as const, signed()]) {
      const [next, effects] = stepSubmission(state, observed({ chainRoot: ROOT, nextNumber: 4 }));
      assert.equal(next.phase, 'submitted');
      assert.deepEqual(effects, []);
    }
  });

  it('replaces a transaction that nobody mines, with the same nonce', () => {
    const [, effects] = stepSubmission(signed({ signedAt: 800 }), observed());
    assert.deepEqual(effects, [{ type: 'sign', nonce: 7 }]);
  });

  it('signs anew when another transaction took the nonce', () => {
    const [state, effects] = stepSubmission(signed(), observed({ accountNonce: 8 }));
    assert.deepEqual(state, { phase: 'sealed' });
    assert.deepEqual(effects, [{ type: 'sign', nonce: undefined }]);
  });

  it('asks why a transaction failed', () => {
    const [state, effects] = stepSubmission(
      signed(),
      observed({ receipt: 'reverted', accountNonce: 8 }),
    );
    assert.deepEqual(state, signed());
    assert.deepEqual(effects, [{ type: 'explain', transaction }]);
  });

  it('lets its windows go when another batch took the number', () => {
    const [state, effects] = stepSubmission(
      signed(),
      observed({ chainRoot: OTHER, nextNumber: 4 }),
    );
    assert.equal(state.phase === 'refused' && state.code, 'CHAIN_RECORD_MISMATCH');
    assert.deepEqual(effects, []);
    const [ahead] = stepSubmission({ phase: 'sealed' }, observed({ nextNumber: 2 }));
    assert.equal(ahead.phase, 'refused');
  });

  it('takes a refusal of the contract as it is', () => {
    const refusal = {
      type: 'refused',
      code: 'DEVICE_REVOKED',
      detail: 'DeviceRevoked(0x1, 2, 3)',
    } as const;
    const [state] = stepSubmission({ phase: 'sealed' }, refusal);
    assert.deepEqual(state, { phase: 'refused', code: refusal.code, detail: refusal.detail });
  });

  it('sends again what a reorganisation took back', () => {
    const [state] = stepSubmission({ phase: 'submitted', transaction }, observed());
    assert.deepEqual(state, { phase: 'signed', transaction, signedAt: 1_000, sentAt: 1_000 });
    const [rewound] = stepSubmission({ phase: 'confirmed' }, { type: 'rewound', transaction });
    assert.equal(rewound.phase, 'signed');
    const [unsigned] = stepSubmission(
      { phase: 'confirmed' },
      { type: 'rewound', transaction: undefined },
    );
    assert.equal(unsigned.phase, 'sealed');
  });

  it('leaves what is confirmed or refused alone', () => {
    const refused: Submission = { phase: 'refused', code: 'INTERNAL', detail: '' };
    for (const state of [{ phase: 'confirmed' } as const, refused]) {
      assert.deepEqual(stepSubmission(state, observed()), [state, []]);
      assert.deepEqual(stepSubmission(refused, { type: 'rewound', transaction }), [refused, []]);
    }
  });

  it('pauses longer after each refusal, at most an hour', () => {
    assert.deepEqual([1, 2, 3, 20].map(retryDelay), [5, 10, 20, 3600]);
  });
});

/** A chain that includes what was sent at its whim, and a process that dies at its whim. */
describe('whatever happens in between', () => {
  it('never has two transactions that could both land, and lands once', () => {
    const whims = fc.array(fc.constantFrom('step', 'mine', 'crash', 'lose'), { maxLength: 60 });
    fc.assert(
      fc.property(whims, (events) => {
        let stored: Submission = { phase: 'sealed' };
        let pool: SignedTransaction[] = [];
        const landed: SignedTransaction[] = [];
        let now = 0;
        for (const event of [...events, 'step', 'mine', 'step', 'step', 'mine', 'step'] as const) {
          now += 60;
          if (event === 'lose') pool = [];
          if (event === 'mine') {
            // The contract takes the batch once; a nonce is used once.
            if (landed.length === 0) landed.push(...pool.slice(0, 1));
            pool = [];
          }
          if (event !== 'step' && event !== 'crash') continue;
          const nonce = landed.length;
          const onChain = landed.length > 0;
          const action = observed({
            now,
            chainRoot: onChain ? ROOT : undefined,
            nextNumber: onChain ? 4 : 3,
            accountNonce: nonce,
            receipt: landed.some(
              ({ hash }) => 'transaction' in stored && stored.transaction?.hash === hash,
            )
              ? 'success'
              : 'unknown',
          });
          const [next, effects] = stepSubmission(stored, action);
          stored = next;
          for (const effect of effects) {
            if (effect.type === 'sign') {
              const made = { hash: ROOT, raw: ROOT, nonce: effect.nonce ?? nonce };
              const [after, sends] = stepSubmission(stored, {
                type: 'signed',
                transaction: made,
                now,
              });
              stored = after;
              // The process dies after it stored, before it sent.
              if (event === 'crash') continue;
              for (const send of sends) if (send.type === 'send') pool.push(send.transaction);
            } else if (effect.type === 'send' && event !== 'crash') pool.push(effect.transaction);
          }
          assert.ok(new Set(pool.map((one) => one.nonce)).size <= 1);
        }
        assert.equal(landed.length, 1);
        assert.equal(stored.phase, 'submitted');
      }),
    );
  });
});
