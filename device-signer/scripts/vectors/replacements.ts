import { encodeMeterReplacement, type MeterReplacement } from '@truetonne/protocol';
import { patched, u64, type Patch } from './forge.ts';
import { CLAIM, CLAIMED_AT, DOMAIN, HEAD, KEY } from './place.ts';
import { makeCase, makeFaults, type StatementCase } from './statementFaults.ts';

/** Where the device stands on the chain, for every case of this file. */
export const SLOT = {
  sequence: 5,
  closedAt: CLAIMED_AT + 4_500,
  exportWh: '2250',
  importWh: '17',
  capacityW: 6_000,
} as const;

/** Offsets (SPEC section 9). */
const AT = { sequence: 68, replacedAt: 76, exportWh: 84, importWh: 92 } as const;

interface ReplacementCase extends StatementCase {
  /** What the statement says, where it is valid; Wh as decimal text. */
  readonly replacement?: object;
}

const PLAIN: MeterReplacement = {
  domain: DOMAIN,
  deviceId: KEY.deviceId,
  sequence: SLOT.sequence,
  replacedAt: SLOT.closedAt + 3_600,
  exportWh: 0n,
  importWh: 0n,
  // Of a header that stands nowhere else: nothing here follows it.
  previousHash: HEAD.hash,
};

function validCase(
  name: string,
  changes: Partial<MeterReplacement>,
  contract: StatementCase['contract'] = 'accepts',
): ReplacementCase {
  const whole = { ...PLAIN, ...changes };
  const bytes = encodeMeterReplacement(whole);
  const { deviceId, sequence, replacedAt, previousHash } = whole;
  const [exportWh, importWh] = [String(whole.exportWh), String(whole.importWh)];
  const replacement = { deviceId, sequence, replacedAt, exportWh, importWh, previousHash };
  return { ...makeCase(name, 'valid', bytes, { contract }), replacement };
}

/** The device is `KEY`, bound, with its slot at `SLOT`; an independent validator signs off. */
export function makeReplacements(): readonly ReplacementCase[] {
  const bytes = encodeMeterReplacement(PLAIN);
  const limit = (name: string, ...patches: readonly Patch[]) =>
    makeCase(name, 'VALUE_OUT_OF_RANGE', patched(bytes, patches));
  const largest = { exportWh: (1n << 56n) - 1n, importWh: (1n << 56n) - 1n };
  return [
    validCase('a new meter at zero', {}),
    validCase('a used meter, above the old one', { exportWh: 900_000n, importWh: 44n }),
    validCase('one second after the last window', { replacedAt: SLOT.closedAt + 1 }),
    validCase('the largest registers', largest),
    validCase('the largest time', { replacedAt: 2 ** 40 - 1 }, 'REPLACEMENT_IN_FUTURE'),
    validCase(
      'windows of the old meter are not credited yet',
      { sequence: 6 },
      'METER_NOT_SETTLED',
    ),
    validCase('windows behind it are credited already', { sequence: 4 }, 'METER_NOT_SETTLED'),
    validCase('before any window', { sequence: 0 }, 'METER_NOT_SETTLED'),
    validCase('the largest sequence', { sequence: 2 ** 32 - 1 }, 'METER_NOT_SETTLED'),
    validCase('when the last window closed', { replacedAt: SLOT.closedAt }, 'TIME_OVERLAP'),
    validCase(
      'before the last window closed',
      { replacedAt: CLAIM.claim.claimedAt },
      'TIME_OVERLAP',
    ),
    ...makeFaults(bytes, [AT.exportWh, u64(1)]),
    limit('sequence at the limit', [AT.sequence, u64(1n << 32n)]),
    limit('time at the limit', [AT.replacedAt, u64(1n << 40n)]),
    limit('export at the limit', [AT.exportWh, u64(1n << 56n)]),
    limit('import at the limit', [AT.importWh, u64(1n << 56n)]),
  ];
}
