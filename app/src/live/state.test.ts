import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLiveMessage, type LiveReading } from './reading.ts';
import {
  backoff,
  estimatedGrams,
  initialLive,
  reduceLive,
  sessionEnergy,
  totalPower,
  TRACE_LENGTH,
  type LiveState,
} from './state.ts';

const roof = `0x${'aa'.repeat(32)}` as const;
const shed = `0x${'bb'.repeat(32)}` as const;

function reading(id: number, over: Partial<LiveReading> = {}): LiveReading {
  return {
    id: String(id),
    type: 'reading',
    projectId: 1,
    deviceId: roof,
    at: 1_000 + id,
    activePowerMw: 5_000n,
    exportWh: 100n + BigInt(id),
    importWh: 0n,
    gramsEstimate: 0n,
    ...over,
  };
}

function after(state: LiveState, ...readings: readonly LiveReading[]): LiveState {
  return reduceLive(state, { type: 'readings', readings });
}

describe('the live stream', () => {
  it('keeps the newest reading and a trace per device', () => {
    const state = after(initialLive, reading(1), reading(2), reading(3, { deviceId: shed }));
    assert.equal(state.lastId, '3');
    assert.equal(state.devices.size, 2);
    assert.equal(state.devices.get(roof)?.last.exportWh, 102n);
    assert.equal(state.devices.get(roof)?.trace.length, 2);
  });

  it('drops what is repeated after a reconnect, also when ids grow a digit', () => {
    const state = after(initialLive, reading(9), reading(10));
    assert.equal(after(state, reading(9), reading(10)), state);
    assert.equal(after(state, reading(11)).lastId, '11');
  });

  it('does not go back in time when a device sends what it had buffered', () => {
    const state = after(initialLive, reading(1, { at: 2_000 }), reading(2, { at: 1_500 }));
    assert.equal(state.devices.get(roof)?.last.at, 2_000);
    assert.equal(state.lastId, '2');
  });

  it('holds a bounded number of points', () => {
    const many = Array.from({ length: TRACE_LENGTH + 50 }, (_, index) => reading(index + 1));
    const trace = after(initialLive, ...many).devices.get(roof)?.trace;
    assert.equal(trace?.length, TRACE_LENGTH);
    assert.equal(trace?.at(-1)?.at, 1_000 + TRACE_LENGTH + 50);
  });

  it('shows a power of zero as zero and leaves a missing one out of the trace', () => {
    const state = after(
      initialLive,
      reading(1, { activePowerMw: 0n }),
      reading(2, { activePowerMw: undefined }),
    );
    assert.deepEqual(state.devices.get(roof)?.trace, [{ at: 1_001, milliwatts: 0n }]);
  });

  it('remembers across a lost connection what it has', () => {
    const open = reduceLive(after(initialLive, reading(1)), { type: 'opened' });
    const closed = reduceLive(open, { type: 'closed' });
    assert.equal(closed.connection, 'waiting');
    assert.equal(closed.lastId, '1');
    assert.equal(reduceLive(closed, { type: 'connecting' }).connection, 'connecting');
  });

  it('sums power and the energy since the page was opened', () => {
    const state = after(
      initialLive,
      reading(1),
      reading(5),
      reading(6, { deviceId: shed, activePowerMw: -1_000n }),
    );
    assert.equal(totalPower(state.devices.values()), 4_000n);
    assert.equal(sessionEnergy(state.devices.values()), 4n);
  });

  it('sums net energy and the estimates of grams, and knows when there is no estimate', () => {
    const state = after(
      initialLive,
      reading(1, { gramsEstimate: 3n }),
      reading(11, { importWh: 2n, gramsEstimate: 7n }),
      reading(12, { deviceId: shed, gramsEstimate: -2n }),
    );
    assert.equal(sessionEnergy(state.devices.values()), 8n);
    assert.equal(estimatedGrams(state.devices.values()), 5n);
    const without = after(initialLive, reading(1, { gramsEstimate: undefined }));
    assert.equal(estimatedGrams(without.devices.values()), undefined);
  });

  it('knows a stream that broke off from one that may be watched no more', () => {
    const of = (type: 'opened' | 'closed' | 'refused') =>
      reduceLive(initialLive, { type }).connection;
    assert.deepEqual([of('opened'), of('closed'), of('refused')], ['open', 'waiting', 'refused']);
  });

  it('puts history in front, whether it comes before or after the first message', () => {
    const samples = [1, 2, 3].map((id) => reading(id));
    const early = reduceLive(initialLive, { type: 'history', samples, hasTraces: true });
    assert.equal(early.devices.get(roof)?.trace.length, 3);
    assert.equal(early.lastId, undefined);
    const late = reduceLive(after(initialLive, reading(3)), {
      type: 'history',
      samples,
      hasTraces: true,
    });
    assert.deepEqual(
      late.devices.get(roof)?.trace.map(({ at }) => at),
      [1_001, 1_002, 1_003],
    );
    assert.equal(late.devices.get(roof)?.last.exportWh, 103n);
    const nothing = reduceLive(late, { type: 'history', samples: [], hasTraces: false });
    assert.deepEqual(nothing.devices, late.devices);
    assert.deepEqual([late.hasTraces, nothing.hasTraces], [true, false]);
  });

  it('waits longer after each failure, ten seconds at most', () => {
    assert.deepEqual([0, 1, 2, 9].map(backoff), [500, 1_000, 2_000, 10_000]);
  });
});

describe('a message of the stream', () => {
  it('is read with exact integers', () => {
    const message = { ...reading(7), exportWh: '72057594037927935', activePowerMw: '-5' };
    const parsed = parseLiveMessage(
      JSON.stringify({ ...message, importWh: '0', gramsEstimate: null }),
    );
    assert.equal(parsed?.exportWh, 72_057_594_037_927_935n);
    assert.equal(parsed?.activePowerMw, -5n);
    assert.equal(parsed?.gramsEstimate, undefined);
  });

  it('is skipped when it is of another kind and refused when it is broken', () => {
    assert.equal(parseLiveMessage('{"type":"hello"}'), undefined);
    assert.throws(() => parseLiveMessage('{"type":"reading"}'), /live\.id/);
    assert.throws(() => parseLiveMessage('{'), SyntaxError);
  });
});
