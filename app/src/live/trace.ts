import { toPixels, type ChartData } from '../ui/charts/series.ts';
import type { LiveDevice, TracePoint } from './state.ts';

/**
 * Power of several devices together: at each moment the sum of what each said last. Begins when
 * every device has spoken, because an incomplete sum would look like a rise.
 */
export function sumTraces(traces: readonly (readonly TracePoint[])[]): readonly TracePoint[] {
  const speaking = traces.filter((trace) => trace.length > 0);
  const events = speaking
    .flatMap((trace, device) => trace.map((point) => ({ ...point, device })))
    .sort((a, b) => a.at - b.at);
  const latest = new Map<number, bigint>();
  const sums = new Map<number, bigint>();
  let sum = 0n;
  for (const { at, milliwatts, device } of events) {
    sum += milliwatts - (latest.get(device) ?? 0n);
    latest.set(device, milliwatts);
    if (latest.size === speaking.length) sums.set(at, sum);
  }
  return [...sums].map(([at, milliwatts]) => ({ at, milliwatts }));
}

const MW_PER_KW = 1_000_000n;

/** The sum of these devices as a line over time of day (UTC), in kW. */
export function powerChart(devices: readonly LiveDevice[]): ChartData {
  const points = sumTraces(devices.map(({ trace }) => trace));
  return {
    unit: 'kW',
    labels: points.map(({ at }) => new Date(at * 1000).toISOString().slice(11, 19)),
    series: [
      {
        label: 'Power, kW',
        values: points.map(({ milliwatts }) => toPixels(milliwatts, MW_PER_KW)),
      },
    ],
  };
}
