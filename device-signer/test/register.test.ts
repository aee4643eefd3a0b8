import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  encodeRegistrationRecords,
  parseRegistrationFile,
  toHex,
  type AddressBook,
  type Hex,
  type Registration,
} from '@truetonne/protocol';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../../scripts/lib/accounts.ts';
import { privateKeyToAccount } from 'viem/accounts';
import { runCli } from '../src/commands/runCli.ts';
import { createKey } from '../src/key.ts';
import { registerDevices } from '../src/register.ts';
import { signClaim } from '../src/seal.ts';
import { startRegistry } from './registry.ts';
import { CLAIMED_AT, hasCode } from './samples.ts';

const DEVICE_W = 100;
const MANY = 30;

let registry: Awaited<ReturnType<typeof startRegistry>>;
const owner = privateKeyToAccount(privateKeyOf(DEVELOPMENT_ACCOUNTS.projectOwner));

before(async () => {
  registry = await startRegistry(2 * MANY * DEVICE_W);
});
after(() => registry.stop());

function makeRecords(count: number, owner_: Hex = owner.address): readonly Registration[] {
  const { domain } = registry.world;
  const state = { claimedAt: CLAIMED_AT, exportWh: 0n, importWh: 0n };
  const parts = Array.from({ length: count }, () => {
    const claim = signClaim(createKey(), { domain, owner: owner_, ...state });
    return { bytes: claim.claimBytes, capacityW: DEVICE_W, ...claim };
  });
  return parseRegistrationFile(encodeRegistrationRecords(parts));
}

async function statusOf({ claim }: Registration): Promise<readonly number[]> {
  const device = await registry.world.registry.read.device([claim.deviceId]);
  return [device.status, device.projectId, device.capacityW];
}

function sendWith(records: readonly Registration[], perTransaction = MANY) {
  const lines: string[] = [];
  const account = owner;
  const { book, projectId } = registry;
  const print = (text: string) => lines.push(text);
  const sent = registerDevices({ records, book, projectId, account, perTransaction, print });
  return { sent, lines };
}

test('many devices take a few transactions, each told with what is done', async () => {
  const records = makeRecords(MANY);
  const { sent, lines } = sendWith(records, 12);
  assert.equal(await sent, MANY);
  assert.equal(lines[0], '30 devices, 0 of them registered already');
  assert.deepEqual(
    lines.slice(1).map((line) => /^\d+ of 30 registered: 0x[0-9a-f]{64}, \d+ gas$/.test(line)),
    [true, true, true],
  );
  assert.match(lines.at(-1) ?? '', /^30 of 30 /);
  for (const record of [records[0], records.at(-1)]) {
    assert.deepEqual(await statusOf(record ?? assert.fail()), [2, registry.projectId, DEVICE_W]);
  }
});

test('what was broken off goes on with the devices that are missing', async () => {
  const records = makeRecords(5);
  await sendWith(records.slice(1, 3)).sent;
  const { sent, lines } = sendWith(records);
  assert.equal(await sent, 3);
  assert.equal(lines[0], '5 devices, 2 of them registered already');
  const again = sendWith(records);
  assert.equal(await again.sent, 0);
  assert.deepEqual(again.lines, ['5 devices, 5 of them registered already']);
});

test('a device that is registered elsewhere stops everything before a transaction', async () => {
  const records = makeRecords(2);
  const [first, second] = records;
  assert.ok(first !== undefined && second !== undefined);
  const parts = [toHex(second.bytes), toHex(second.publicKey), toHex(second.signature)] as const;
  const { world } = registry;
  await world.mined(world.registryOf(world.actors.owner).write.claimDevice(parts));
  await assert.rejects(sendWith(records).sent, hasCode('DEVICE_OF_OTHER_PROJECT'));
  assert.deepEqual(await statusOf(first), [0, 0, 0]);
});

test('claims for another wallet or with another signature are found before a transaction', async () => {
  const foreign = makeRecords(1, DEVELOPMENT_ACCOUNTS.buyer.address);
  await assert.rejects(sendWith(foreign).sent, hasCode('NOT_DEVICE_OWNER'));
  const [first, second] = makeRecords(2);
  assert.ok(first !== undefined && second !== undefined);
  const forged = [{ ...first, signature: second.signature }];
  await assert.rejects(sendWith(forged).sent, hasCode('SIGNATURE_INVALID'));
});

test("the contract's refusal comes with its code and values", async () => {
  const [record] = makeRecords(1);
  const tooMuch = { ...(record ?? assert.fail()), capacityW: 4_000_000_000 };
  const { sent } = sendWith([tooMuch]);
  await assert.rejects(sent, hasCode('PLANT_CAPACITY_EXCEEDED'));
  await assert.rejects(sent, /projectId \d+, devicesW 40\d{8}, plantW \d+/);
});

test('a chain that does not answer is said so', async () => {
  const { book, projectId } = registry;
  const away: AddressBook = { ...book, rpcUrl: 'http://127.0.0.1:9' };
  const records = makeRecords(1);
  const print = () => undefined;
  await assert.rejects(
    registerDevices({ records, book: away, projectId, account: owner, print }),
    hasCode('CHAIN_UNREACHABLE'),
  );
});

test('the command sends with the key of the environment, or locally by the node', async (context) => {
  const files = new Map<string, Uint8Array>();
  const lines: string[] = [];
  const terminal = {
    print: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    read: (path: string) => files.get(path) ?? assert.fail(path),
    write: () => assert.fail(),
  };
  const book = new TextEncoder().encode(JSON.stringify(registry.book));
  files.set('book.json', book);
  const run = async () => {
    files.set('fleet', encodeRegistrationRecords(makeRecords(2)));
    const project = String(registry.projectId);
    const args = ['--file', 'fleet', '--project', project, '--deployment', 'book.json'];
    return runCli(['register', ...args], terminal);
  };
  context.after(() => {
    delete process.env['DEVICE_OWNER_KEY'];
  });
  assert.equal(await run(), 0, lines.join('\n'));
  assert.match(lines.at(-1) ?? '', /^2 of 2 registered/);
  process.env['DEVICE_OWNER_KEY'] = privateKeyOf(DEVELOPMENT_ACCOUNTS.projectOwner);
  assert.equal(await run(), 0, lines.join('\n'));
  process.env['DEVICE_OWNER_KEY'] = privateKeyOf(DEVELOPMENT_ACCOUNTS.buyer);
  assert.equal(await run(), 1);
  assert.match(lines.at(-1) ?? '', /^NOT_DEVICE_OWNER/);
  process.env['DEVICE_OWNER_KEY'] = '0x12';
  assert.equal(await run(), 1);
  assert.match(lines.at(-1) ?? '', /^CONFIGURATION_INVALID.*DEVICE_OWNER_KEY/);
});
