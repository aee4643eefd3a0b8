import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkCalibration,
  checkInvoice,
  correctCalibration,
  correctInvoice,
  NEW_CALIBRATION,
  NEW_INVOICE,
} from './draft.ts';

const evidence = { name: 'paper.pdf', hash: `0x${'e5'.repeat(32)}` } as const;
const calibration = {
  ...NEW_CALIBRATION,
  ...{ calibratedOn: '2024-01-10', validUntil: '2026-01-09', evidence },
  permissibleErrorPercent: ' 0.5 ',
};
const invoice = {
  ...NEW_INVOICE,
  ...{ firstDay: '2024-01-01', lastDay: '2024-01-31', exportKWh: '1250.5', importKWh: '0' },
  evidence,
};
const statedBy = `0x${'0'.repeat(39)}1` as const;
const stated = {
  ...{ evidence: evidence.hash, supersedes: undefined, supersededBy: undefined },
  ...{ id: 7, statedBy, statedAt: 0 },
} as const;

describe('a calibration as it is typed', () => {
  it('is sent as percent, with what was found only where that is typed', () => {
    const checked = checkCalibration(calibration);
    assert.ok(checked.ok);
    assert.deepEqual(checked.value, {
      ...{ calibratedOn: '2024-01-10', validUntil: '2026-01-09', evidence: evidence.hash },
      ...{ permissibleErrorPercent: '0.5', foundErrorPercent: null, supersedes: null },
    });
    const found = checkCalibration({ ...calibration, foundErrorPercent: '0.61' });
    assert.equal(found.ok && found.value.foundErrorPercent, '0.61');
  });

  it('is held back while something is missing or wrong', () => {
    for (const wrong of [
      { calibratedOn: '' },
      { validUntil: '2024-01-09' },
      { permissibleErrorPercent: '' },
      { permissibleErrorPercent: '-0.5' },
      { permissibleErrorPercent: '100.1' },
      { foundErrorPercent: '0,6' },
      { evidence: undefined },
    ])
      assert.equal(checkCalibration({ ...calibration, ...wrong }).ok, false, JSON.stringify(wrong));
  });

  it('is corrected from what stands, with the document chosen anew', () => {
    const { calibratedOn, validUntil } = calibration;
    const errors = { permissibleErrorPercent: '0.5', foundErrorPercent: undefined };
    const draft = correctCalibration({ ...stated, calibratedOn, validUntil, ...errors });
    assert.equal(checkCalibration(draft).ok, false);
    const checked = checkCalibration({ ...draft, evidence });
    assert.equal(checked.ok && checked.value.supersedes, 7);
  });
});

describe('an invoice as it is typed', () => {
  it('is sent in whole Wh, exactly', () => {
    const checked = checkInvoice({ ...invoice, importKWh: '900719925474099.301' });
    assert.ok(checked.ok);
    assert.deepEqual(
      [checked.value.exportWh, checked.value.importWh],
      ['1250500', '900719925474099301'],
    );
  });

  it('is held back while something is missing or wrong', () => {
    for (const wrong of [
      { firstDay: '' },
      { lastDay: '2023-12-31' },
      { exportKWh: '' },
      { exportKWh: '1,250' },
      { importKWh: '0.0001' },
      { evidence: undefined },
    ])
      assert.equal(checkInvoice({ ...invoice, ...wrong }).ok, false, JSON.stringify(wrong));
  });

  it('is corrected from what stands, to the Wh', () => {
    const { firstDay, lastDay } = invoice;
    const draft = correctInvoice({
      ...stated,
      firstDay,
      lastDay,
      exportWh: 1_250_501n,
      importWh: 5n,
    });
    assert.deepEqual([draft.exportKWh, draft.importKWh], ['1250.501', '0.005']);
    const checked = checkInvoice({ ...draft, evidence });
    assert.ok(checked.ok);
    assert.deepEqual([checked.value.exportWh, checked.value.supersedes], ['1250501', 7]);
  });
});
