import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bucketStart, endOfVintage, periodOf, vintageOf, yearOf } from './calendar.ts';

const DENVER = -7 * 60;
const KATHMANDU = 5 * 60 + 45;
const at = (text: string): number => Date.parse(text) / 1000;

const times = fc.integer({ min: 0, max: 4_000_000_000 });
const offsets = fc.integer({ min: -12 * 60, max: 14 * 60 });

describe('calendar', () => {
  it("puts a window that closes at the month's first second into the month before", () => {
    const july = periodOf(at('2016-08-01T00:00:00-07:00'), 'month', DENVER);
    assert.deepEqual(july, {
      start: at('2016-07-01T00:00:00-07:00'),
      end: at('2016-08-01T00:00:00-07:00'),
    });
  });

  it('puts the second after it into the new month', () => {
    const august = periodOf(at('2016-08-01T00:00:01-07:00'), 'month', DENVER);
    assert.equal(august.start, at('2016-08-01T00:00:00-07:00'));
  });

  it('knows days in offsets that are no whole hours', () => {
    const day = periodOf(at('2024-02-29T23:30:00+05:45'), 'day', KATHMANDU);
    assert.equal(day.start, at('2024-02-29T00:00:00+05:45'));
    assert.equal(day.end, at('2024-03-01T00:00:00+05:45'));
  });

  it('counts midnight on New Year to the old vintage, and the second after to the new one', () => {
    const midnight = at('2017-01-01T00:00:00-07:00');
    assert.equal(vintageOf(midnight, DENVER), 2016);
    assert.equal(vintageOf(midnight + 1, DENVER), 2017);
    assert.equal(yearOf(midnight, DENVER), 2017);
    assert.equal(endOfVintage(2016, DENVER), midnight);
  });

  it('every time lies in its period, and periods join without gap or overlap', () => {
    fc.assert(
      fc.property(
        times,
        offsets,
        fc.constantFrom('month' as const, 'day' as const),
        (time, offset, kind) => {
          const period = periodOf(time + 1, kind, offset);
          assert.ok(period.start < time + 1 && time + 1 <= period.end);
          assert.equal(periodOf(period.end + 1, kind, offset).start, period.end);
          assert.equal(vintageOf(period.end, offset), yearOf(period.start, offset));
        },
      ),
    );
  });

  it('an hour lies in one day and one month', () => {
    fc.assert(
      fc.property(times, offsets, (time, offset) => {
        const hour = bucketStart(time + 1, 'hour', offset);
        assert.ok(hour < time + 1 && time + 1 <= hour + 3600);
        assert.equal(bucketStart(hour + 3600, 'day', offset), bucketStart(hour + 1, 'day', offset));
        assert.equal(
          bucketStart(hour + 3600, 'month', offset),
          bucketStart(time + 1, 'month', offset),
        );
      }),
    );
  });
});
