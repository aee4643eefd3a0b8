/**
 * `node device-signer/firmware/port/riscv/emulate.ts --owner 0x... --registry 0x... [--chain-id N]
 * [--out FOLDER]`: builds the firmware for RV32IMC and lets it measure yesterday under qemu. Writes
 * `claim.json` for the page, `list.csv` for `npm run device -- registration`, and `windows.bin` as an
 * oracle takes it. The folder keeps what makes the board this board: run again it says the same.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { concatBytes, deviceIdOf, domainOf, fromHex, toHex } from '@truetonne/protocol';
import { SANDIA_PLANT } from '../../../src/plants/sandia.ts';
import { buildImage } from './build.ts';
import { runImage } from './run.ts';

const ADDRESS_SIZE = 20;
const SECONDS_PER_DAY = 86_400;

/** Rated power of the measured inverter, W. */
const CAPACITY_W = SANDIA_PLANT.inverterCapacityW;

function parseAddress(text: string | undefined, option: string): `0x${string}` {
  const bytes = text === undefined ? undefined : fromHex(text);
  if (bytes?.length === ADDRESS_SIZE) return toHex(bytes);
  process.stderr.write(`${option} is an address: 0x and 40 hex digits\n`);
  process.exit(2);
}

/** The seed of the board and the day that it measures. */
function openBoard(file: string): { readonly seed: Uint8Array; readonly startedAt: number } {
  if (!existsSync(file)) {
    const board = { seed: toHex(new Uint8Array(randomBytes(32))), startedAt: yesterday() };
    writeFileSync(file, JSON.stringify(board), { mode: 0o600 });
  }
  // Proof: this program wrote the file.
  const board = JSON.parse(readFileSync(file, 'utf8')) as { seed: string; startedAt: number };
  return { seed: fromHex(board.seed), startedAt: board.startedAt };
}

/** The plant's midnight before the last one, Unix seconds. */
function yesterday(): number {
  const offset = SANDIA_PLANT.utcOffsetMinutes * 60;
  const today = Math.floor((Date.now() / 1000 + offset) / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  return today - SECONDS_PER_DAY - offset;
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
const { seed, startedAt } = openBoard(join(values.out, 'board.json'));

const image = await buildImage(values.out);
const board = await runImage(image, values.out, { seed, domain, owner, startedAt });
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
const row = [said.claim, said.publicKey, said.signature, CAPACITY_W].join(',');
writeFileSync(join(values.out, 'list.csv'), `claim,public_key,signature,capacity_w\n${row}\n`);
writeFileSync(join(values.out, 'windows.bin'), concatBytes(windows));
process.stdout.write(
  `${said.deviceId}: ${windows.length} windows, ${board.figure('stack')} bytes of stack\n`,
);
