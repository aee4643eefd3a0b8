import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCadTrust, type CadTrustInput } from './cadTrust.ts';

const FACTS = {
  region: 'Navoi',
  coveredByNdc: 'Unknown',
  ownerCountry: 'Uzbekistan',
  correspondingAdjustment: 'Unknown',
} as const;

function inputOf(change: Partial<CadTrustInput> = {}): CadTrustInput {
  return {
    registry: 'TrueTonne',
    link: (path) => `https://example.org${path}`,
    project: {
      ...{ id: 7, name: 'Plant', owner: '0x01', countryName: 'Uzbekistan', validator: '0x02' },
      ...{ latitudeE6: 41_311_100, longitudeE6: 69_279_700 },
    },
    methodology: 'GCCM001 --- Version 4.0',
    batch: {
      ...{ number: 3, vintage: 2023, periodStart: 1_672_531_200, periodEnd: 1_675_209_600 },
      ...{ recordedAt: 1_675_300_000, minted: true, settled: null },
    },
    tonnesBefore: 55n,
    tonnes: 10n,
    known: FACTS,
    ...change,
  };
}

test('a unit has as many serial numbers as tonnes, after those of earlier batches', () => {
  const { unit, missing } = toCadTrust(inputOf());
  assert.deepEqual(missing, []);
  assert.deepEqual(
    [unit?.unitBlockStart, unit?.unitBlockEnd, unit?.unitCount],
    ['TT-7-2023-56', 'TT-7-2023-65', 10],
  );
});

test('there is no unit before the batch is minted, nor of less than a tonne', () => {
  const batch = { ...inputOf().batch, minted: false };
  assert.equal(toCadTrust(inputOf({ batch })).unit, null);
  assert.equal(toCadTrust(inputOf({ tonnes: 0n })).unit, null);
});

test('every required field that is not known is named, and stands as null', () => {
  const { project, unit, missing } = toCadTrust(inputOf({ known: {} }));
  assert.deepEqual([project.coveredByNDC, unit?.countryJurisdictionOfOwner], [null, null]);
  assert.deepEqual(missing, [
    'project.coveredByNDC',
    'project.projectLocations.0.inCountryRegion',
    'unit.countryJurisdictionOfOwner',
    'unit.correspondingAdjustmentDeclaration',
  ]);
});

test('verifiers verify where they are asked, and the contract where nobody is', () => {
  const { batch } = inputOf();
  const { issuance } = toCadTrust(inputOf());
  assert.deepEqual(
    [issuance.verificationDate, issuance.verificationBody],
    ['2023-02-02T01:06:40Z', 'TrueTonne registry contract'],
  );
  const approved = inputOf({ batch: { ...batch, settled: 'verified' } });
  assert.deepEqual(toCadTrust(approved).missing, [
    'issuance.verificationDate',
    'issuance.verificationBody',
  ]);
  const told = {
    verificationDate: '2023-03-01T00:00:00Z',
    verificationBody: 'Example Verification Ltd',
  };
  const {
    issuance: full,
    unit,
    missing,
  } = toCadTrust({ ...approved, known: { ...FACTS, ...told } });
  assert.deepEqual(missing, []);
  assert.equal(full.verificationBody, 'Example Verification Ltd');
  assert.deepEqual(unit?.issuance, full);
});

test('a batch on which nobody has decided is not said to be verified', () => {
  const batch = { ...inputOf().batch, minted: false };
  assert.equal(toCadTrust(inputOf({ batch })).issuance.verificationDate, null);
});
