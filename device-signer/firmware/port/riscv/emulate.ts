/**
 * `node device-signer/firmware/port/riscv/emulate.ts --owner 0x... --registry 0x... [--chain-id N]
 * [--out FOLDER]`: builds the firmware for RV32IMC, runs its day under qemu and writes what it printed:
 * `claim.json` for the page and the command line, `windows.bin` as an oracle takes it. The folder keeps
 * the board's seed, so that it is the same device the next time.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { concatBytes, deviceIdOf, domainOf, fromHex, toHex } from '@truetonne/protocol';
import { buildImage } from './build.ts';
import { DAY_BEGINS } from './day.ts';
import { runImage } from './run.ts';

const ADDRESS_SIZE = 20;

function parseAddress(text: string | undefined, option: string): `0x${string}` {
  const bytes = text === undefined ? undefined : fromHex(text);
  if (bytes?.length === ADDRESS_SIZE) return toHex(bytes);
  process.stderr.write(`${option} is an address: 0x and 40 hex digits\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    owner: { type: 'string' },
    registry: { type: 'string' },
    'chain-id': { type: 'string', default: '31337' },
    out: { type: 'string', default: 'rv32imc' },
  },
});
const domain = domainOf(Number(values['chain-id']), parseAddress(values.registry, '--registry'));
const owner = parseAddress(values.owner, '--owner');
mkdirSync(values.out, { recursive: true });
const seedFile = join(values.out, 'seed');
if (!existsSync(seedFile)) writeFileSync(seedFile, randomBytes(32), { mode: 0o600 });
const seed = new Uint8Array(readFileSync(seedFile));

const image = await buildImage(values.out);
const board = await runImage(image, values.out, { seed, domain, owner, startedAt: DAY_BEGINS });
const onlyOf = (word: string): Uint8Array => {
  const [bytes] = board.bytes(word);
  if (bytes === undefined) throw new Error(`the board printed no ${word}`);
  return bytes;
};
const publicKey = onlyOf('public-key');
const windows = board.bytes('window');
const said = {
  deviceId: deviceIdOf(publicKey),
  claim: toHex(onlyOf('claim')),
  publicKey: toHex(publicKey),
  signature: toHex(onlyOf('claim-signature')),
};
writeFileSync(join(values.out, 'claim.json'), `${JSON.stringify(said, null, 2)}\n`);
writeFileSync(join(values.out, 'windows.bin'), concatBytes(windows));
process.stdout.write(
  `${said.deviceId}: ${windows.length} windows, ${board.figure('stack')} bytes of stack\n`,
);
