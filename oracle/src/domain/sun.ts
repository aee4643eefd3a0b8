import { getPosition } from 'suncalc';

/** Where a plant stands, millionths of a degree; north and east are positive. */
export interface Site {
  readonly latitudeE6: number;
  readonly longitudeE6: number;
}

/** Altitude is asked for at steps of this many seconds: the sun climbs at most 2.5 degrees in it. */
const STEP_SECONDS = 600;

/** Altitudes that are kept; a year of steps for one plant are 52,560. */
const MAX_KEPT = 200_000;

const kept = new Map<string, number>();

/** Altitude of the sun above the horizon in degrees, refraction included, at a step of time. */
function altitudeAtStep({ latitudeE6, longitudeE6 }: Site, step: number): number {
  const key = `${latitudeE6}.${longitudeE6}.${step}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const at = new Date(step * STEP_SECONDS * 1000);
  const { altitude } = getPosition(at, latitudeE6 / 1e6, longitudeE6 / 1e6);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, altitude);
  return altitude;
}

/**
 * The highest the sun stood between two times (Unix seconds), in degrees: never less than the truth by
 * more than a tenth of a degree, because the steps around the interval are looked at as well. Of an
 * interval longer than a day, the first day.
 */
export function highestSun(site: Site, from: number, until: number): number {
  const last = Math.ceil(Math.min(until, from + 86_400) / STEP_SECONDS);
  let highest = -90;
  for (let step = Math.floor(from / STEP_SECONDS); step <= last; step++) {
    highest = Math.max(highest, altitudeAtStep(site, step));
  }
  return highest;
}

/**
 * Most irradiance that any plane can receive under a clear sky, mW/m², with the sun at an altitude in
 * degrees. Haurwitz (Journal of Meteorology 2, 1945, and 3, 1946; as in SAND2012-2389, section 3):
 * GHI = 1098 cos z exp(-0.059 / cos z). GHI / cos z is the direct beam and more than all of the
 * diffuse light, so no plane, however it is tilted or follows the sun, receives more.
 */
export function clearSkyLimitMwM2(altitudeDegrees: number): bigint {
  const cosine = Math.sin((altitudeDegrees * Math.PI) / 180);
  if (cosine <= 0) return 0n;
  return BigInt(Math.ceil(1_098_000 * Math.exp(-0.059 / cosine)));
}
