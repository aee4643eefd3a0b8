import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { toHex, type ErrorCode, type SealedWindow } from '@truetonne/protocol';
import { BAD_BYTES, type BadBytes } from '../support/badBytes.ts';
import { joinWindows } from '../support/client.ts';
import { CLAIMED_AT, startLoneOracle, type LoneOracle } from '../support/noChain.ts';

const BINARY = 'application/octet-stream';
const JSON_TYPE = 'application/json';

let lone: LoneOracle;
before(async () => {
  lone = await startLoneOracle();
});
after(async () => {
  await lone.stop();
});

/** The window as the JSON of SPEC section 4. */
function toJson(window: SealedWindow, more: Record<string, unknown> = {}) {
  const reading = {
    timestamp: window.header.closedAt,
    total_energy_kwh: Number(window.header.exportWh) / 1000,
    imported_energy_kwh: Number(window.header.importWh) / 1000,
    system_status: 'operational',
  };
  return {
    header: toHex(window.headerBytes),
    signature: toHex(window.signature),
    readings: [{ ...reading, ...more }],
  };
}

interface BadCase {
  readonly name: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly field: string;
  readonly type?: string;
  readonly body: (window: SealedWindow) => Uint8Array<ArrayBuffer> | string;
}

const binaryCase = (bad: BadBytes): BadCase => ({
  ...bad,
  body: (window) => bad.body(window, lone),
});

const jsonCase = (
  name: string,
  code: ErrorCode,
  field: string,
  change: (window: SealedWindow) => unknown,
): BadCase => ({
  ...{ name, status: 400, code, field, type: JSON_TYPE },
  body: (window) => JSON.stringify(change(window)),
});

const CASES: readonly BadCase[] = [
  ...BAD_BYTES.map(binaryCase),
  {
    name: 'malformed JSON',
    status: 400,
    code: 'BODY_MALFORMED',
    field: 'body',
    type: JSON_TYPE,
    body: () => '{"a":',
  },
  {
    name: 'NaN in JSON',
    status: 400,
    code: 'BODY_MALFORMED',
    field: 'body',
    type: JSON_TYPE,
    body: () => '{"windows": NaN}',
  },
  {
    name: 'a JSON list',
    status: 400,
    code: 'BODY_MALFORMED',
    field: 'body',
    type: JSON_TYPE,
    body: () => '[]',
  },
  {
    name: 'JSON null',
    status: 400,
    code: 'BODY_MALFORMED',
    field: 'body',
    type: JSON_TYPE,
    body: () => 'null',
  },
  jsonCase('no windows', 'BODY_MALFORMED', 'windows', () => ({ windows: [] })),
  jsonCase('no header', 'BODY_MALFORMED', 'header', () => ({})),
  jsonCase('a header that is no hex', 'BODY_MALFORMED', 'header', (window) => ({
    ...toJson(window),
    header: '0xzz',
  })),
  jsonCase('a short signature', 'BODY_MALFORMED', 'signature', (window) => ({
    ...toJson(window),
    signature: '0x00',
  })),
  jsonCase('an unsigned post', 'BODY_MALFORMED', 'signature', (window) => ({
    ...toJson(window),
    signature: undefined,
  })),
  jsonCase('readings that are a number', 'BODY_MALFORMED', 'readings', (window) => ({
    ...toJson(window),
    readings: 5,
  })),
  jsonCase('too few readings', 'COUNT_MISMATCH', 'readings', (window) => ({
    ...toJson(window),
    readings: [],
  })),
  jsonCase('a negative register', 'VALUE_OUT_OF_RANGE', 'readings[0].total_energy_kwh', (window) =>
    toJson(window, { total_energy_kwh: -1 }),
  ),
  jsonCase('a register of 2^64 kWh', 'VALUE_OUT_OF_RANGE', 'exportWh', (window) =>
    toJson(window, { total_energy_kwh: '18446744073709551616' }),
  ),
  jsonCase(
    'a value that can not be packed exactly',
    'VALUE_NOT_EXACT',
    'readings[0].voltage',
    (window) => toJson(window, { voltage: 230.1234 }),
  ),
  jsonCase('infinity as text', 'VALUE_NOT_EXACT', 'readings[0].power', (window) =>
    toJson(window, { power: 'Infinity' }),
  ),
  jsonCase('a time without a zone', 'BODY_MALFORMED', 'readings[0].timestamp', (window) =>
    toJson(window, { timestamp: '2016-07-01 00:00:00' }),
  ),
  jsonCase('a field nobody knows', 'BODY_MALFORMED', 'readings[0].co2', (window) =>
    toJson(window, { co2: 1 }),
  ),
  jsonCase("another device's id", 'BODY_MALFORMED', 'readings[0].device_id', (window) =>
    toJson(window, { device_id: `0x${'00'.repeat(32)}` }),
  ),
  jsonCase('a value that was not signed', 'READINGS_HASH_MISMATCH', 'readingsHash', (window) =>
    toJson(window, { voltage: 230 }),
  ),
  {
    name: 'a form',
    status: 400,
    code: 'BODY_MALFORMED',
    field: 'content-type',
    type: 'text/plain',
    body: () => 'x',
  },
];

describe('bad input is refused with code, field and value, and nothing of it is stored', () => {
  for (const bad of CASES) {
    it(bad.name, async () => {
      const before = await lone.client.device(lone.device.deviceId);
      const window = createWindow();
      const problem = await lone.client.postRefused(bad.type ?? BINARY, bad.body(window));
      assert.deepEqual(
        [problem.status, problem.code, problem.field],
        [bad.status, bad.code, bad.field],
      );
      assert.match(problem.detail, /\S/);
      assert.deepEqual(await lone.client.device(lone.device.deviceId), before);
    });
  }

  it('names the place of a bad window among good ones, and stores the good ones', async () => {
    const [first, second] = [lone.unbound.seal({ pause: CLAIMED_AT }), lone.unbound.seal()];
    const unknown = createWindow();
    const problem = await lone.client.postRefused(
      JSON_TYPE,
      JSON.stringify({
        windows: [
          toJson(first),
          { ...toJson(unknown), signature: toHex(first.signature) },
          toJson(second),
          7,
        ],
      }),
    );
    assert.deepEqual(
      [problem.status, problem.code, problem.value],
      [422, 'WINDOWS_REFUSED', '2 of 4'],
    );
    assert.ok('results' in problem);
    assert.deepEqual(
      problem.results.map((result) =>
        result.status === 'refused' ? [result.problem.code, result.problem.field] : result.status,
      ),
      [
        'accepted',
        ['SIGNATURE_INVALID', 'windows[1].signature'],
        'accepted',
        ['BODY_MALFORMED', 'windows[3].window'],
      ],
    );
  });

  it('keeps the good windows before bytes that can not be separated', async () => {
    const good = lone.unbound.seal();
    const body = Uint8Array.from([...joinWindows([good]), ...new Uint8Array(500)]);
    const problem = await lone.client.postRefused(BINARY, body);
    assert.ok('results' in problem);
    assert.deepEqual(
      problem.results.map(({ status }) => status),
      ['accepted', 'refused'],
    );
    assert.equal(
      (await lone.client.status(lone.unbound.deviceId, good.header.sequence)).state,
      'received',
    );
  });

  it('answers a second window with a used sequence number as EQUIVOCATION and keeps the first', async () => {
    const window = lone.device.seal();
    await lone.client.post([window]);
    const header = Uint8Array.from(window.headerBytes);
    header.set(new Uint8Array(32).fill(7), 144);
    const forged = Uint8Array.from([
      ...header,
      ...lone.device.sign(header),
      ...window.readingsBytes,
    ]);
    const problem = await lone.client.postRefused(BINARY, forged);
    assert.deepEqual(
      [problem.status, problem.code, problem.field],
      [409, 'EQUIVOCATION', 'sequence'],
    );
    const stored = await lone.client.window(lone.device.deviceId, window.header.sequence);
    assert.equal(stored.headerHash, window.headerHash);
    assert.equal((await lone.client.post([window]))[0]?.status, 'duplicate');
  });
});

/** A sound window of the known device that is never posted as it is. */
let spare: SealedWindow | undefined;
function createWindow(): SealedWindow {
  spare ??= lone.device.seal();
  return spare;
}
