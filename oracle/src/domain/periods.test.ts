import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closingCandidates, type DeviceProgress, type PeriodQuestion } from './periods.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const JULY_END = at('2016-08-01T00:00:00');
const AUGUST_END = at('2016-09-01T00:00:00');
const GRACE = 3600;

function device(first: string, last: string, more: Partial<DeviceProgress> = {}): DeviceProgress {
  const pending = { first: at(first), last: at(last) };
  return { expected: true, judgedUntil: pending.last, pending, ...more };
}

function ask(devices: readonly DeviceProgress[], more: Partial<PeriodQuestion> = {}) {
  const question: PeriodQuestion = {
    ...{ kind: 'month', utcOffsetMinutes: 0, graceSeconds: GRACE, closeUntil: undefined, devices },
    now: at('2026-01-01T00:00:00'),
    ...more,
  };
  return closingCandidates(question).map(({ period, onlyIfQuiet }) => [period.end, onlyIfQuiet]);
}

describe('closing periods', () => {
  it('closes a period that every device has passed, at once', () => {
    const passed = [device('2016-07-02T00:00:00', '2016-08-01T00:15:00')];
    assert.deepEqual(ask(passed).slice(0, 1), [[JULY_END, false]]);
  });

  it('waits for a device that has only reached the end of the period', () => {
    const devices = [
      device('2016-07-02T00:00:00', '2016-08-03T00:00:00'),
      device('2016-07-02T00:00:00', '2016-08-01T00:00:00'),
    ];
    assert.deepEqual(ask(devices)[0], [JULY_END, true]);
  });

  it('does not wait for revoked devices', () => {
    const revoked = device('2016-07-02T00:00:00', '2016-07-05T00:00:00', { expected: false });
    const devices = [device('2016-07-02T00:00:00', '2016-08-03T00:00:00'), revoked];
    assert.deepEqual(ask(devices)[0], [JULY_END, false]);
  });

  it('waits for the quiet when all devices are revoked', () => {
    const devices = [device('2016-07-02T00:00:00', '2016-08-03T00:00:00', { expected: false })];
    assert.deepEqual(ask(devices)[0], [JULY_END, true]);
  });

  it('waits behind a gap: judgement has not passed the period although windows have', () => {
    const behindGap = device('2016-07-02T00:00:00', '2016-08-03T00:00:00', {
      judgedUntil: at('2016-07-20T00:00:00'),
    });
    assert.deepEqual(ask([behindGap])[0], [JULY_END, true]);
  });

  it('closes nothing before the period ends, nor during the grace', () => {
    const devices = [device('2016-07-02T00:00:00', '2016-07-31T23:45:00')];
    assert.deepEqual(ask(devices, { now: JULY_END - 1 }), []);
    assert.deepEqual(ask(devices, { now: JULY_END + GRACE - 1 }), []);
    assert.deepEqual(ask(devices, { now: JULY_END + GRACE }), [[JULY_END, true]]);
  });

  it('goes through all periods that hold something, the earliest first', () => {
    const devices = [device('2016-07-02T00:00:00', '2016-10-01T00:15:00')];
    assert.deepEqual(ask(devices), [
      [JULY_END, false],
      [AUGUST_END, false],
      [at('2016-10-01T00:00:00'), false],
      [at('2016-11-01T00:00:00'), true],
    ]);
  });

  it('closes early on request, and what lies before in full', () => {
    const closeUntil = at('2016-08-13T03:45:00');
    const devices = [device('2016-07-02T00:00:00', '2016-08-13T03:45:00')];
    assert.deepEqual(ask(devices, { closeUntil }), [
      [JULY_END, false],
      [closeUntil, false],
    ]);
  });

  it('refuses a request into the future', () => {
    const devices = [device('2016-07-02T00:00:00', '2016-07-03T00:00:00')];
    const now = at('2016-07-05T00:00:00');
    assert.deepEqual(ask(devices, { now, closeUntil: now + 1 }), []);
  });

  it('has nothing to close when nothing is pending', () => {
    assert.deepEqual(ask([]), []);
    assert.deepEqual(ask([{ expected: true, judgedUntil: JULY_END, pending: undefined }]), []);
  });

  it('knows days', () => {
    const devices = [device('2016-07-02T06:00:00', '2016-07-03T00:15:00')];
    assert.deepEqual(ask(devices, { kind: 'day' })[0], [at('2016-07-03T00:00:00'), false]);
  });
});
