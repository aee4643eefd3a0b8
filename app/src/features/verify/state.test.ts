import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idle, reduceVerify, type Subject, type VerifyState } from './state.ts';
import type { PhaseProgress, Verification } from './verifyFile.ts';

const subject: Subject = { name: 'batch.ttb.gz', file: new Uint8Array([1]) };
const progress: PhaseProgress = { phase: 'signatures', done: 1, total: 2 };
const verification: Verification = {
  result: {
    verified: false,
    failure: { law: 'once', code: 'WINDOW_ORDER', place: {}, message: 'order' },
  },
  record: undefined,
  timings: [],
  windows: [],
};

describe('the states of a verification', () => {
  it('go from loading over running to a verdict about the same bytes', () => {
    const loading = reduceVerify(idle, { type: 'loading' });
    assert.deepEqual(loading, { step: 'loading' });
    const running = reduceVerify(loading, { type: 'started', subject });
    const further = reduceVerify(running, { type: 'progress', progress });
    assert.deepEqual(further, { step: 'running', subject, progress });
    const verdict = reduceVerify(further, { type: 'verdict', verification, milliseconds: 7 });
    assert.deepEqual(verdict, { step: 'verdict', subject, verification, milliseconds: 7 });
  });

  it('drop what arrives from a run that is over', () => {
    const loading: VerifyState = { step: 'loading' };
    assert.equal(reduceVerify(loading, { type: 'progress', progress }), loading);
    assert.equal(
      reduceVerify(loading, { type: 'verdict', verification, milliseconds: 7 }),
      loading,
    );
  });

  it('end without a verdict when something else failed', () => {
    const reason = { code: 'CHAIN_UNREACHABLE', title: 'silent', todo: 'wait' };
    assert.deepEqual(reduceVerify(idle, { type: 'failed', reason }), { step: 'failed', reason });
  });
});
