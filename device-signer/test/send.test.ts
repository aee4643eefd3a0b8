import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toHex } from '@truetonne/protocol';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../../scripts/lib/accounts.ts';
import { runCli } from '../src/commands/runCli.ts';
import { createKey } from '../src/key.ts';
import { headOfClaim, sealWindow, signClaim } from '../src/seal.ts';
import { startRegistry } from './registry.ts';
import { CLAIMED_AT, readingAfter } from './samples.ts';

const { projectOwner, buyer } = DEVELOPMENT_ACCOUNTS;
const FROZEN = 4;

let registry: Awaited<ReturnType<typeof startRegistry>>;
before(async () => {
  registry = await startRegistry(1_000_000);
});
after(() => registry.stop());

function createTerminal() {
  const files = new Map<string, Uint8Array>();
  const lines: string[] = [];
  const put = (name: string, content: unknown) =>
    files.set(name, new TextEncoder().encode(JSON.stringify(content)));
  put('book.json', registry.book);
  const terminal = {
    print: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    read: (path: string) => files.get(path) ?? assert.fail(path),
    write: () => assert.fail(),
  };
  const run = (...args: readonly string[]) =>
    runCli(['send', ...args, '--deployment', 'book.json'], terminal);
  const send = async (as: string, ...args: readonly string[]) => {
    assert.equal(await run(...args, '--as', as), 0, lines.at(-1));
    assert.match(lines.at(-1) ?? '', /"transaction": "0x[0-9a-f]{64}",\s+"gasUsed": \d+/);
  };
  const refused = async (code: RegExp, ...args: readonly string[]) => {
    assert.notEqual(await run(...args), 0);
    assert.match(lines.at(-1) ?? '', code);
  };
  return { put, send, refused };
}

function makeDevice(owner = projectOwner.address) {
  const key = createKey();
  const { domain } = registry.world;
  const state = { claimedAt: CLAIMED_AT, exportWh: 0n, importWh: 0n };
  const signed = signClaim(key, { domain, owner, ...state });
  const printed = {
    claim: toHex(signed.claimBytes),
    publicKey: toHex(signed.publicKey),
    signature: toHex(signed.signature),
  };
  return { key, signed, printed, deviceId: signed.claim.deviceId };
}

const stateOf = async (deviceId: `0x${string}`) => registry.world.registry.read.device([deviceId]);

test('a device is claimed, bound, handed over and revoked from the command line', async () => {
  const { put, send } = createTerminal();
  const { deviceId, printed } = makeDevice();
  put('claim.json', printed);
  const owner = projectOwner.address;
  const at = ['--device', deviceId];
  await send(owner, 'claim', 'claim.json');
  await send(owner, 'bind', ...at, '--project', String(registry.projectId), '--capacity-w', '5000');
  const bound = await stateOf(deviceId);
  assert.deepEqual([bound.projectId, bound.capacityW], [registry.projectId, 5_000]);
  await send(owner, 'offer', ...at, '--to', buyer.address);
  await send(buyer.address, 'accept', ...at);
  assert.equal((await stateOf(deviceId)).owner.toLowerCase(), buyer.address.toLowerCase());
  await send(buyer.address, 'revoke', ...at, '--from', String(CLAIMED_AT + 60));
  assert.equal((await stateOf(deviceId)).revokedFrom, CLAIMED_AT + 60);
});

test('anyone freezes a device with the proof that `equivocation` prints', async () => {
  const { put, send } = createTerminal();
  const { key, signed, printed, deviceId } = makeDevice();
  put('claim.json', printed);
  await send(projectOwner.address, 'claim', 'claim.json');
  const { domain } = registry.world;
  const sealed = (exportWh: bigint) =>
    sealWindow(key, domain, headOfClaim(signed), [readingAfter(1, exportWh)]);
  const [a, b] = [sealed(1n), sealed(2n)];
  assert.equal(a.header.sequence, b.header.sequence);
  put('proof.json', {
    publicKey: printed.publicKey,
    ...{ headerA: toHex(a.headerBytes), signatureA: toHex(a.signature) },
    ...{ headerB: toHex(b.headerBytes), signatureB: toHex(b.signature) },
  });
  await send(buyer.address, 'freeze', 'proof.json');
  assert.equal((await stateOf(deviceId)).status, FROZEN);
});

test('what can not be sent is refused by name, before a transaction', async (context) => {
  const { put, refused } = createTerminal();
  const { deviceId, printed } = makeDevice();
  put('claim.json', printed);
  const at = ['--device', deviceId];
  const as = ['--as', buyer.address];
  await refused(/^PARAMETER_INVALID.*step.*claim, rotate/, 'bury', ...at);
  await refused(/^PARAMETER_INVALID.*file/, 'claim', ...as);
  await refused(/^PARAMETER_INVALID.*rotation/, 'rotate', 'claim.json', ...as);
  await refused(/^PARAMETER_INVALID.*--from/, 'revoke', ...at, ...as);
  await refused(/^CONFIGURATION_INVALID.*DEVICE_OWNER_KEY/, 'accept', ...at);
  await refused(/^NOT_DEVICE_OWNER/, 'claim', 'claim.json', ...as);
  await refused(/^DEVICE_UNKNOWN.*revokeDevice/, 'revoke', ...at, '--from', '1', ...as);
  process.env['DEVICE_OWNER_KEY'] = privateKeyOf(buyer);
  context.after(() => {
    delete process.env['DEVICE_OWNER_KEY'];
  });
  await refused(/^NOT_DEVICE_OWNER/, 'claim', 'claim.json');
});
