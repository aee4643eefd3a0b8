import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '@truetonne/protocol';
import { parse } from 'csv-parse/sync';
import type { Site } from '../../src/domain/sun.ts';

const DATA = join(import.meta.dirname, '../../../data');

/** Sandia's plant in Albuquerque; see data/pv-sandia-1min/SOURCE.md. */
export const SANDIA: Site = { latitudeE6: 35_054_000, longitudeE6: -106_539_000 };

/** About where the inverter with gaps stands; see data/pv-inverter-gaps/SOURCE.md. */
export const GAPS: Site = { latitudeE6: 37_000_000, longitudeE6: -121_000_000 };

/** A measured minute: its end in Unix seconds, mean powers, and every field a device can send. */
export interface SandiaMinute {
  readonly at: number;
  readonly activePowerMw: bigint;
  readonly fields: Reading['fields'];
}

/** A day of Sandia's inverter Sys1, minute by minute. */
export function readSandia(): readonly SandiaMinute[] {
  const rows = readCsv('pv-sandia-1min/baseline6kw_esp32_columns.csv');
  return rows.map((row) => {
    const [, hour = '', minute = ''] = / (\d+):(\d+)$/.exec(row['TIMESTAMP'] ?? '') ?? [];
    const midnight = Date.parse('2015-11-11T00:00:00-07:00') / 1000;
    const value = (name: string, scale: number): bigint =>
      BigInt(Math.round(Number(row[name]) * scale));
    const activePowerMw = value('Sys1Wac_Avg', 1_000);
    return {
      at: midnight + Number(hour) * 3600 + Number(minute) * 60,
      activePowerMw,
      fields: {
        activePowerMw,
        voltageMv: value('Sys1Vac_Avg', 1_000),
        currentMa: value('Sys1Iac_Avg', 1_000),
        powerFactorE4: value('Sys1PowerFactor_Avg', 10_000),
        frequencyMhz: value('Sys1Frequency_Avg', 1_000),
        ambientMc: value('LocalAmbientTemp_Avg', 1_000),
        irradianceMwM2: value('POAIrrad1_Avg', 1_000),
      },
    };
  });
}

/** The inverter with gaps: power in W at times 5 minutes apart, where it was logged. */
export function readGaps(): readonly { readonly at: number; readonly powerW: number }[] {
  return readCsv('pv-inverter-gaps/ZT162185000441C1203.csv').map((row) => ({
    at: Date.parse(`${(row['ts'] ?? '').replace(' ', 'T')}Z`) / 1000,
    powerW: Number(row['meas_val_f']) * 1_000,
  }));
}

function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  return parse(readFileSync(join(DATA, path)), { columns: true });
}
