import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from '@hono/zod-openapi';
import {
  differenceSchema,
  dryRunSchema,
  methodologyDetailSchema,
} from '../../src/api/schemas/methodology.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { readRuleBook } from '../../src/metering/judge/ruleBook.ts';
import { findCredentialFault } from '../../src/metering/monitoring/credential.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { configOf, eventually } from '../support/service.ts';

type DryRun = z.infer<typeof dryRunSchema>;

/** An Ed25519 key for this test alone. */
const SEED = new Uint8Array(32).fill(9);

const at = (text: string): number => Date.parse(`${text}-07:00`) / 1000;
const START = at('2016-07-30T06:00:00');

let chain: TestChain;
let oracle: Oracle;
let client: TestClient;
let folder: TestFolder;
let projectId: number;
let batchId: string;

/**
 * Two batches of a plant under GCCM001: bright hours of July and August, one in which a sensor shows a
 * sentinel, and export in the middle of the night.
 */
before(async () => {
  chain = await startChain();
  const [gccm001] = readRuleBook().files;
  const methodologyId = await chain.publish(gccm001?.hash ?? assert.fail());
  await chain.addProject();
  projectId = await chain.addProject({ methodologyId });
  const owner = roles.owner.address;
  const device = createTestDevice({ domain: chain.domain, claimedAt: START, owner });
  await chain.claim(device);
  await chain.bind(device, projectId);
  folder = await makeDataFolder();
  oracle = await startOracle(configOf(chain.deployment, folder.path, { issuerSeed: SEED }));
  client = createClient(oracle.url);
  await eventually(client.devices, (devices) => devices[0]?.status === 'bound');
  const bright = {
    seconds: 3600,
    exportWh: 2_001n,
    importWh: 3n,
    fields: { irradianceMwM2: 800_000n },
  };
  const windows = Array.from({ length: 12 }, () => device.seal(bright));
  windows.push(device.seal({ ...bright, fields: { ...bright.fields, ambientMc: -999_000n } }));
  windows.push(device.seal({ seconds: 3 * 3600, exportWh: 0n }));
  windows.push(device.seal({ seconds: 5 * 3600, exportWh: 500n }));
  windows.push(device.seal({ ...bright, seconds: 28 * 3600 }));
  windows.push(...Array.from({ length: 6 }, () => device.seal(bright)));
  await client.post(windows);
  await client.postJson(`/v1/projects/${projectId}/close`, { until: at('2016-09-01T00:00:00') });
  const batches = await eventually(
    () => client.batches(projectId),
    (page) => page.length === 2 && page.every(({ phase }) => phase === 'confirmed'),
  );
  batchId = batches[0]?.batchId ?? assert.fail();
});
after(async () => {
  await oracle.stop();
  await chain.stop();
  folder.remove();
});

const dryRun = (path: string): Promise<DryRun> => client.get(path, dryRunSchema.strict());
const versionOf = ({ versions }: DryRun, code: string) =>
  versions.find(({ methodology }) => methodology.code === code) ?? assert.fail(code);

describe('what a batch would earn', () => {
  it("gives the project's own version exactly what the chain credited", async () => {
    const batch = await client.batch(batchId);
    const own = versionOf(await dryRun(`/v1/batches/${batchId}/dry-run`), 'GCCM001');
    assert.equal(own.own, true);
    assert.ok(BigInt(batch.deductedWh) > 0n, 'something is deducted');
    assert.deepEqual(
      [own.result?.deductedWh, own.result?.creditableWh, own.result?.grams],
      [batch.deductedWh, batch.creditableWh, batch.grams],
    );
    assert.equal(own.result?.certifiedTonnes, batch.certified?.tonnes);
    assert.equal(own.result?.carriedGrams, batch.certified?.carriedGrams);
  });

  it('says of a country whose margins are not known what is missing, and takes them from the asker', async () => {
    const path = `/v1/batches/${batchId}/dry-run`;
    const without = versionOf(await dryRun(path), 'ACM0002');
    assert.equal(without.result, null);
    assert.match(without.missing ?? '', /operating margin = US/);
    const query = '?operatingMargin=964.6&buildMargin=511.9';
    const known = versionOf(await dryRun(path + query), 'ACM0002');
    assert.equal(known.factorUgPerWh, '851425');
    const energy = BigInt(known.result?.creditableWh ?? -1n);
    assert.equal(BigInt(known.result?.grams ?? -1n), (energy * 851_425n) / 1_000_000n);
  });

  it("judges by each version's own thresholds and counts its own share of the export", async () => {
    const answer = await dryRun(`/v1/batches/${batchId}/dry-run`);
    const [gccm001, user] = [versionOf(answer, 'GCCM001'), versionOf(answer, 'USER-FIXED-081')];
    const codes = (found: typeof gccm001) => (found.result?.reasons ?? []).map(({ code }) => code);
    assert.ok(codes(gccm001).includes('ENERGY_AT_NIGHT'));
    assert.ok(!codes(user).includes('ENERGY_AT_NIGHT'));
    const { exportedWh, deductedWh, shareWh } = user.result ?? assert.fail();
    const counted = BigInt(exportedWh) - BigInt(deductedWh);
    assert.equal(BigInt(shareWh), (counted * 2n + 99n) / 100n);
    assert.deepEqual([user.methodology.status, user.factorUgPerWh], ['configuration', '810000']);
  });

  it('takes the conservative side of an invoice and of an overdue calibration', async () => {
    const path = `/v1/batches/${batchId}/dry-run`;
    const plain = versionOf(await dryRun(path), 'GCCM001').result ?? assert.fail();
    const ask = async (query: string) =>
      versionOf(await dryRun(`${path}?${query}`), 'GCCM001').result ?? assert.fail();
    const lower = BigInt(plain.exportedWh) - 1_000n;
    const invoice = await ask(`invoiceExportWh=${lower}&invoiceImportWh=1`);
    assert.deepEqual([invoice.adjustedWh, invoice.importedWh], ['1000', plain.importedWh]);
    const higher = await ask(`invoiceExportWh=${BigInt(plain.exportedWh) + 5n}`);
    assert.deepEqual(higher, plain);
    const overdue = await ask('permissibleErrorPercent=0.5');
    const [exported, imported] = [BigInt(plain.exportedWh), BigInt(plain.importedWh)];
    assert.equal(BigInt(overdue.adjustedWh), (exported * 5n + 999n) / 1000n);
    assert.equal(BigInt(overdue.importedWh), (imported * 1005n + 999n) / 1000n);
    assert.ok(BigInt(overdue.grams) < BigInt(plain.grams));
  });

  it('adds up all batches of a project', async () => {
    const all = versionOf(await dryRun(`/v1/projects/${projectId}/dry-run`), 'GCCM001');
    const batches = await client.batches(projectId);
    const grams = batches.reduce((sum, batch) => sum + BigInt(batch.grams ?? 0), 0n);
    assert.equal(batches.length, 2);
    assert.equal(all.result?.grams, String(grams));
  });

  it('refuses an unknown batch and a number that is none', async () => {
    assert.equal((await client.refused('/v1/batches/77/dry-run')).code, 'BATCH_UNKNOWN');
    const path = `/v1/batches/${batchId}/dry-run?operatingMargin=1e9`;
    const { code, field } = await client.refused(path);
    assert.deepEqual([code, field], ['PARAMETER_INVALID', 'operatingMargin']);
  });
});

describe('methodology versions', () => {
  it('shows all parameters of a version under its name and under its hash', async () => {
    const byName = await client.get('/v1/methodologies/GCCM001-4.0', methodologyDetailSchema);
    const path = `/v1/methodologies/${byName.parametersHash}`;
    assert.deepEqual(await client.get(path, methodologyDetailSchema), byName);
    assert.equal(byName.icvcmCcp, false);
    assert.equal(byName.registryIds.length, 1);
    const missing = await client.refused('/v1/methodologies/VM0042-2.0');
    assert.equal(missing.code, 'METHODOLOGY_FILE_MISSING');
  });

  it('says what differs between two versions, with both sources', async () => {
    const path = '/v1/methodology-difference?from=GCCM001-4.0&to=AMS-I.D-18.0';
    const { differences } = await client.get(path, differenceSchema.strict());
    const factor = differences.find(({ path: name }) => name.endsWith('emissionFactor.kind'));
    assert.deepEqual([factor?.from, factor?.to], ['ifiCombinedMargin', 'tool07CombinedMargin']);
    assert.match(factor?.toSource ?? '', /TOOL07/);
    assert.ok(!differences.some(({ path: name }) => name.startsWith('judgement.')));
  });
});

describe('the monitoring report of a batch', () => {
  const credential = z.looseObject({
    issuer: z.string(),
    credentialSubject: z.looseObject({ evidence: z.looseObject({ root: z.string() }) }),
    proof: z.looseObject({ cryptosuite: z.string() }),
  });
  const read = () => client.get(`/v1/batches/${batchId}/monitoring-report`, credential);

  it('is a credential that a public library verifies, without the network', async () => {
    const report = await read();
    assert.match(report.issuer, /^did:key:z6Mk/);
    assert.equal(report.proof.cryptosuite, 'eddsa-rdfc-2022');
    assert.equal(await findCredentialFault(report), undefined);
  });

  it('carries the figures of the batch, exactly', async () => {
    const { credentialSubject: subject } = await read();
    const batch = await client.batch(batchId);
    const mwh = (wh: bigint) => ({ value: String(Number(wh) / 1e6), unit: 'MWh' });
    assert.deepEqual(subject['grossGeneration'], mwh(BigInt(batch.exportedWh)));
    assert.deepEqual(
      subject['netExport'],
      mwh(BigInt(batch.exportedWh) - BigInt(batch.importedWh)),
    );
    assert.deepEqual(subject['averageIrradiance'], { value: '800', unit: 'W/m2' });
    assert.deepEqual(subject['emissionFactor'], { value: '0.352', unit: 'tCO2e/MWh' });
    assert.deepEqual(subject['projectEmissions'], { value: '0', unit: 'tCO2e' });
    assert.deepEqual(subject['baselineEmissions'], subject['emissionReductions']);
    assert.equal(subject.evidence.root, batch.root);
  });

  it('does not verify once anything in it was altered', async () => {
    const report = await read();
    const subject = report.credentialSubject;
    const altered = [
      { ...report, credentialSubject: { ...subject, certifiedTonnes: '1000' } },
      { ...report, credentialSubject: { ...subject, added: 'x' } },
      { ...report, validFrom: '2030-01-01T00:00:00Z' },
      { ...report, issuer: report.issuer.replace(/.$/, 'z') },
      { ...report, proof: undefined },
    ];
    for (const one of altered) assert.notEqual(await findCredentialFault(one), undefined);
  });

  it('is not there for a batch that nobody knows', async () => {
    const { code } = await client.refused('/v1/batches/99/monitoring-report');
    assert.equal(code, 'BATCH_UNKNOWN');
  });
});

describe('records for CAD Trust', () => {
  const records = z.object({
    project: z.looseObject({ projectLocations: z.array(z.looseObject({})) }),
    issuance: z.looseObject({}),
    unit: z.null(),
    missing: z.array(z.string()),
  });

  it('name what no chain knows, until the asker says it', async () => {
    const path = `/v1/batches/${batchId}/cad-trust`;
    const { project, missing } = await client.get(path, records);
    assert.deepEqual(missing, [
      'project.coveredByNDC',
      'project.projectLocations.0.inCountryRegion',
      'issuance.verificationDate',
      'issuance.verificationBody',
    ]);
    assert.equal(project['methodology'], 'GCCM001 --- Version 4');
    const facts = new URLSearchParams({
      ...{ region: 'Colorado', coveredByNdc: 'Unknown', verificationBody: 'Example Verification' },
      verificationDate: '2026-03-01T00:00:00Z',
    });
    const full = await client.get(`${path}?${facts.toString()}`, records);
    assert.deepEqual(full.missing, []);
  });
});
