/** A plant as its owner types it, checked as `Projects.sol` checks it. */
import { checkWatts, type Checked } from '../../forms/checks.ts';

export interface PlantDraft {
  readonly name: string;
  readonly country: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly utcOffset: string;
  readonly capacity: string;
  readonly methodologyId: string;
  /** Days of the crediting period, "YYYY-MM-DD": the first, and the first after it. */
  readonly from: string;
  readonly until: string;
}

export interface Plant {
  readonly name: string;
  readonly country: string;
  readonly latitudeE6: number;
  readonly longitudeE6: number;
  readonly utcOffsetMinutes: number;
  readonly capacityW: number;
  readonly methodologyId: number;
  /** Unix seconds. */
  readonly creditingFrom: number;
  readonly creditingUntil: number;
}

/** In force: crediting may begin within. Unix seconds. */
export interface VersionChoice {
  readonly id: number;
  readonly validFrom: number;
  readonly validUntil: number;
}

const NAME_BYTES = 64;
const fail = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});

function checkName(input: string): Checked<string> {
  const name = input.trim();
  if (name === '') return fail('Give the plant a name.');
  if (!name.isWellFormed()) return fail('The text holds a broken character.');
  const excess = new TextEncoder().encode(name).length - NAME_BYTES;
  return excess > 0
    ? fail(`Too long for the chain by ${excess} bytes.`)
    : { ok: true, value: name };
}

function checkCountry(input: string): Checked<string> {
  const code = input.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code)
    ? { ok: true, value: code }
    : fail('Enter the two letters of ISO 3166-1, such as IN.');
}

/** Decimal degrees as millionths; a form holds no more digits than the chain. */
export function checkDegrees(input: string, most: number): Checked<number> {
  const match = /^([+-]?)(\d{1,3})(?:\.(\d{1,6}))?$/.exec(input.trim().replace('−', '-'));
  const [, sign, whole = '', part = ''] = match ?? [];
  const size = Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'));
  if (match === null || size > most * 1_000_000) {
    return fail(`Enter degrees from -${most} to ${most}, with up to six decimals.`);
  }
  return { ok: true, value: sign === '-' && size > 0 ? -size : size };
}

/** "+05:30", "-7", "0" as minutes east of UTC, from Baker Island to the Line Islands. */
export function checkOffset(input: string): Checked<number> {
  const typed = input.trim().replace('−', '-').replace(/^UTC/i, '');
  const match = /^([+-]?)(\d{1,2})(?::?([0-5]\d))?$/.exec(typed);
  const [, sign, hours = '', minutes = '0'] = match ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  const offset = sign === '-' && size > 0 ? -size : size;
  return match === null || offset < -720 || offset > 840
    ? fail('Enter an offset from -12:00 to +14:00, such as +05:30.')
    : { ok: true, value: offset };
}

/** Midnight of a day on the clock of the plant, Unix seconds. */
function checkDay(input: string, offset: Checked<number>): Checked<number> {
  const at = Date.parse(`${input}T00:00Z`) / 1000;
  if (Number.isNaN(at)) return fail('Choose a day.');
  if (at < 0 || at >= 2 ** 40) return fail('Choose another day.');
  return { ok: true, value: at - (offset.ok ? offset.value * 60 : 0) };
}

function checkVersion(
  id: string,
  versions: readonly VersionChoice[],
  from: Checked<number>,
): Checked<number> {
  const version = versions.find((each) => String(each.id) === id);
  if (version === undefined) return fail('Choose a version.');
  if (from.ok && (from.value < version.validFrom || from.value >= version.validUntil)) {
    return fail('This version is not in force on the first day. Choose another, or another day.');
  }
  return { ok: true, value: version.id };
}

export type CheckedPlant = { readonly [K in keyof PlantDraft]: Checked<unknown> } & {
  /** There when nothing is wrong. */
  readonly plant: Plant | undefined;
};

export function checkPlant(draft: PlantDraft, versions: readonly VersionChoice[]): CheckedPlant {
  const name = checkName(draft.name);
  const country = checkCountry(draft.country);
  const latitude = checkDegrees(draft.latitude, 90);
  const longitude = checkDegrees(draft.longitude, 180);
  const utcOffset = checkOffset(draft.utcOffset);
  const capacity = checkWatts(draft.capacity);
  const from = checkDay(draft.from, utcOffset);
  const end = checkDay(draft.until, utcOffset);
  const until =
    end.ok && from.ok && end.value <= from.value ? fail('It ends after it begins.') : end;
  const methodologyId = checkVersion(draft.methodologyId, versions, from);
  const parts = { name, country, latitude, longitude, utcOffset, capacity, methodologyId };
  const plant =
    name.ok && country.ok && latitude.ok && longitude.ok && utcOffset.ok && capacity.ok
      ? periodOf(from, until, methodologyId, {
          name: name.value,
          country: country.value,
          latitudeE6: latitude.value,
          longitudeE6: longitude.value,
          utcOffsetMinutes: utcOffset.value,
          capacityW: capacity.value,
        })
      : undefined;
  return { ...parts, from, until, plant };
}

function periodOf(
  from: Checked<number>,
  until: Checked<number>,
  methodologyId: Checked<number>,
  place: Omit<Plant, 'methodologyId' | 'creditingFrom' | 'creditingUntil'>,
): Plant | undefined {
  if (!from.ok || !until.ok || !methodologyId.ok) return undefined;
  const period = { creditingFrom: from.value, creditingUntil: until.value };
  return { ...place, methodologyId: methodologyId.value, ...period };
}
