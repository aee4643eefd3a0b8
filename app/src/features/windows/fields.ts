import {
  DEVICE_STATUS,
  OPTIONAL_FIELD_NAMES,
  WINDOW_FLAGS,
  type OptionalFieldName,
  type Reading,
} from '@truetonne/protocol';
import { dateTime, energy, fixedPoint, phrase } from '../../ui/format.ts';

/** A field of a reading as text with its unit, exact. */
export interface FieldText {
  readonly label: string;
  readonly value: string;
}

interface FieldForm {
  readonly label: string;
  readonly show: (value: bigint) => string;
}

function decimal(label: string, decimals: number, unit: string): FieldForm {
  const show = (value: bigint): string => phrase({ value: fixedPoint(value, decimals), unit });
  return { label, show };
}

/** Units of SPEC section 3. */
const FORMS: Readonly<Record<OptionalFieldName, FieldForm>> = {
  activePowerMw: decimal('Active power', 3, 'W'),
  apparentPowerMva: decimal('Apparent power', 3, 'VA'),
  voltageMv: decimal('Voltage', 3, 'V'),
  currentMa: decimal('Current', 3, 'A'),
  frequencyMhz: decimal('Grid frequency', 3, 'Hz'),
  powerFactorE4: { label: 'Power factor', show: (value) => fixedPoint(value, 4) },
  ambientMc: decimal('Ambient temperature', 3, '°C'),
  irradianceMwM2: decimal('Irradiance', 3, 'W/m²'),
  efficiencyE4: decimal('Efficiency', 2, '%'),
  batteryMv: decimal('Battery', 3, 'V'),
  signalDbm: decimal('Signal', 0, 'dBm'),
  firmware: { label: 'Firmware', show: firmwareText },
};

/** major x 65,536 + minor x 256 + patch. */
function firmwareText(value: bigint): string {
  return [value >> 16n, (value >> 8n) & 0xffn, value & 0xffn].map(String).join('.');
}

const FIRST_MAKER_STATUS = 256;

export function statusText(status: number): string {
  if (status === 0) return 'not stated';
  const known = Object.entries(DEVICE_STATUS).find(([, number]) => number === status);
  if (known !== undefined) return known[0];
  return status >= FIRST_MAKER_STATUS ? `${status} (the maker’s own)` : `${status} (unknown)`;
}

/** All that was measured; a field that was not measured is left out, a measured zero is not. */
export function readingFields(reading: Reading): readonly FieldText[] {
  const optional = OPTIONAL_FIELD_NAMES.flatMap((name) => {
    const value = reading.fields[name];
    return value === undefined
      ? []
      : [{ label: FORMS[name].label, value: FORMS[name].show(value) }];
  });
  return [
    { label: 'Measured at', value: dateTime(reading.at) },
    { label: 'Export register', value: phrase(energy(reading.exportWh)) },
    { label: 'Import register', value: phrase(energy(reading.importWh)) },
    { label: 'Status', value: statusText(reading.status) },
    ...optional,
  ];
}

/** What the device says of a window besides its readings. */
export function flagsText(flags: number): string {
  const texts: string[] = [];
  if ((flags & WINDOW_FLAGS.readingsMerged) !== 0) texts.push('readings were merged');
  if ((flags & WINDOW_FLAGS.clockAdjusted) !== 0) texts.push('clock was adjusted');
  if ((flags & WINDOW_FLAGS.deviceRestarted) !== 0) texts.push('device restarted');
  return texts.length === 0 ? 'none' : texts.join(', ');
}
