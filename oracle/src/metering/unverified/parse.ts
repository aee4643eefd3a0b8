import { parseReadingJson, TonneError } from '@truetonne/protocol';

/** A reading that nobody signed. */
export interface UnverifiedReading {
  /** The name that the sender gives the device. */
  readonly source: string;
  /** Unix seconds. */
  readonly at: number;
  readonly exportWh: bigint | null;
  readonly importWh: bigint | null;
  readonly status: number;
  readonly fields: Readonly<Record<string, bigint>>;
}

const MAX_NAME = 100;
/** Parsing asks for a device id, which is not looked at when the object names none. */
const NO_DEVICE = '0x';

/**
 * A reading from the JSON object that devices without keys send: the fields of SPEC section 4, each
 * exactly. Registers may be missing.
 *
 * @throws TonneError BODY_MALFORMED, VALUE_NOT_EXACT or VALUE_OUT_OF_RANGE with the field
 */
export function parseUnverified(value: unknown, where: string): UnverifiedReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TonneError('BODY_MALFORMED', { field: where, expected: 'an object' });
  }
  const { device_id: source, ...rest }: Record<string, unknown> = { ...value };
  if (typeof source !== 'string' || source === '' || source.length > MAX_NAME) {
    const expected = `a text of at most ${MAX_NAME} characters`;
    throw new TonneError('BODY_MALFORMED', { field: `${where}.device_id`, expected });
  }
  const hasExport = rest['total_energy_kwh'] !== undefined;
  const hasImport = rest['imported_energy_kwh'] !== undefined;
  const registers = {
    ...(!hasExport && { total_energy_kwh: 0 }),
    ...(!hasImport && { imported_energy_kwh: 0 }),
  };
  const reading = parseReadingJson({ ...rest, ...registers }, NO_DEVICE, where);
  const { at, status, fields } = reading;
  return {
    ...{ source, at: assertFits(at, `${where}.timestamp`), fields },
    status: assertFits(status, `${where}.system_status`),
    exportWh: hasExport ? assertFits(reading.exportWh, `${where}.total_energy_kwh`) : null,
    importWh: hasImport ? assertFits(reading.importWh, `${where}.imported_energy_kwh`) : null,
  };
}

/** Limits as in SPEC section 4: times below 2^40, registers below 2^56; a status below 2^31. */
function assertFits<Value extends number | bigint>(value: Value, field: string): Value {
  const isTime = field.endsWith('timestamp');
  const most = typeof value === 'bigint' ? 2 ** 56 : isTime ? 2 ** 40 : 2 ** 31;
  if (value < most) return value;
  const expected = `below ${most}`;
  throw new TonneError('VALUE_OUT_OF_RANGE', { field, value: String(value), expected });
}
