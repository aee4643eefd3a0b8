import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  deviceIdOf,
  domainOf,
  encodeClaim,
  encodeRegistrationRecords,
  toLowS,
} from '@truetonne/protocol';
import { decodeFunctionData, encodeFunctionData } from 'viem';
import { readRegistrationFile } from './readFile.ts';
import { countRecords, judgeRecords, type RecordRow } from './records.ts';
import { registerCall } from './transaction.ts';

const registry = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const domain = domainOf(31_337, registry);
const owner = '0x90f79bf6eb2c4f870365e785982e1f101e93b906';
const other = '0x15d34aaf54267db7d7c367839aaf71a00a2c6a65';

function sealRecord(claimOwner: `0x${string}`, capacityW: number) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const key = Uint8Array.from(point);
  const registers = { exportWh: 5n, importWh: 0n };
  const bytes = encodeClaim({
    domain,
    deviceId: deviceIdOf(key),
    owner: claimOwner,
    claimedAt: 1_767_225_600,
    ...registers,
  });
  const raw = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const signature = toLowS(Uint8Array.from(raw));
  return { bytes, publicKey: key, signature, capacityW };
}

const records = [
  sealRecord(owner, 3_000),
  sealRecord(owner, 2_000),
  sealRecord(owner, 2_000),
  sealRecord(other, 1_000),
];
const file = encodeRegistrationRecords(records);
const plant = { projectId: 3, freeW: 5_000n, account: owner } as const;

const read = (bytes: Uint8Array) => readRegistrationFile(bytes, { domain, owner }, () => undefined);
const kinds = (rows: readonly RecordRow[]) =>
  rows.map(({ state }) => (state.kind === 'refused' ? state.reason.code : state.kind));
const idOf = (index: number) => deviceIdOf(records[index]?.publicKey ?? new Uint8Array());

describe('a registration file', () => {
  it('is ready as far as the plant has room and the claims are for this wallet', async () => {
    const rows = judgeRecords(await read(file), new Map(), plant);
    const expected = ['ready', 'ready', 'PLANT_CAPACITY_EXCEEDED', 'NOT_DEVICE_OWNER'];
    assert.deepEqual(kinds(rows), expected);
    assert.deepEqual(countRecords(rows), { ready: 2, registered: 0, refused: 2 });
  });

  it('goes on where it stopped: what is registered is skipped and needs no room again', async () => {
    const known = new Map([[idOf(0), { id: idOf(0), owner, projectId: 3 }]] as const);
    const rows = judgeRecords(await read(file), known, { ...plant, freeW: 2_000n });
    const expected = ['registered', 'ready', 'PLANT_CAPACITY_EXCEEDED', 'NOT_DEVICE_OWNER'];
    assert.deepEqual(kinds(rows), expected);
  });

  it('says of a device that is elsewhere already whose it is', async () => {
    const known = new Map([
      [idOf(0), { id: idOf(0), owner, projectId: undefined }],
      [idOf(1), { id: idOf(1), owner: other, projectId: 3_000 }],
    ] as const);
    const [first, second] = judgeRecords(await read(file), known, plant);
    assert.match(JSON.stringify(first?.state), /not in this project/);
    assert.match(JSON.stringify(second?.state), /another wallet/);
  });

  it('with one byte of a record altered is refused at that record alone', async () => {
    const altered = file.slice();
    // In the first record's claim: the lowest byte of claimedAt.
    altered[95] = (altered[95] ?? 0) ^ 1;
    assert.deepEqual(kinds(judgeRecords(await read(altered), new Map(), plant)), [
      'SIGNATURE_INVALID',
      'ready',
      'ready',
      'NOT_DEVICE_OWNER',
    ]);
  });

  it('that is cut off is refused as a whole', async () => {
    await assert.rejects(read(file.subarray(0, 300)), /REGISTRATION_INVALID|whole records/);
  });

  it('is sent as the very bytes that were checked', async () => {
    const rows = judgeRecords(await read(file), new Map(), plant);
    const ready = rows.filter(({ state }) => state.kind === 'ready').map(({ record }) => record);
    const { abi, functionName, args } = registerCall(registry, 3, ready);
    const called = decodeFunctionData({
      abi,
      data: encodeFunctionData({ abi, functionName, args }),
    });
    const sent = `0x${Buffer.from(file.subarray(0, 488)).toString('hex')}`;
    assert.deepEqual(called, { functionName: 'registerDevices', args: [3, sent] });
  });
});
