import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flagsText, readingFields, statusText } from './fields.ts';

const reading = { at: 1_735_689_600, exportWh: 1_234n, importWh: 0n, status: 1 };

describe('the fields of a reading', () => {
  it('carry the units of the specification and keep every digit', () => {
    const fields = {
      activePowerMw: -1_500n,
      apparentPowerMva: 230_001n,
      voltageMv: 230_100n,
      currentMa: 1n,
      frequencyMhz: 49_998n,
      powerFactorE4: 9_876n,
      ambientMc: -4_500n,
      irradianceMwM2: 1_000_250n,
      efficiencyE4: 9_712n,
      batteryMv: 3_300n,
      signalDbm: -71n,
      firmware: 66_051n,
    };
    const shown = readingFields({ ...reading, fields }).map(
      ({ label, value }) => `${label}: ${value.replaceAll('\u00a0', ' ')}`,
    );
    assert.deepEqual(shown, [
      'Measured at: 2025-01-01 00:00 UTC',
      'Export register: 1.234 kWh',
      'Import register: 0 Wh',
      'Status: operational',
      'Active power: −1.500 W',
      'Apparent power: 230.001 VA',
      'Voltage: 230.100 V',
      'Current: 0.001 A',
      'Grid frequency: 49.998 Hz',
      'Power factor: 0.9876',
      'Ambient temperature: −4.500 °C',
      'Irradiance: 1,000.250 W/m²',
      'Efficiency: 97.12 %',
      'Battery: 3.300 V',
      'Signal: −71 dBm',
      'Firmware: 1.2.3',
    ]);
  });

  it('show a measured zero and leave out what was not measured', () => {
    const labels = readingFields({ ...reading, fields: { activePowerMw: 0n } });
    assert.deepEqual(labels.at(-1), { label: 'Active power', value: '0.000\u00a0W' });
    assert.equal(labels.length, 5);
  });

  it('name known states of a device and mark the others', () => {
    assert.equal(statusText(0), 'not stated');
    assert.equal(statusText(4), 'fault');
    assert.equal(statusText(99), '99 (unknown)');
    assert.equal(statusText(256), '256 (the maker’s own)');
  });

  it('spell out the flags of a window', () => {
    assert.equal(flagsText(0), 'none');
    assert.equal(flagsText(5), 'readings were merged, device restarted');
    assert.equal(flagsText(2), 'clock was adjusted');
  });
});
