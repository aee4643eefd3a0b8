import { parseArgs } from 'node:util';
import {
  assertLowS,
  createWebCryptoVerifier,
  CLAIM_SIZE,
  decodeClaim,
  decodeHeader,
  decodeReading,
  deviceIdOf,
  domainOf,
  findBytes,
  parseWindow,
  READING_SIZE,
  TonneError,
  WINDOW_PREFIX_SIZE,
  type Hex,
} from '@truetonne/protocol';
import { packEnvelope } from '../envelope.ts';
import { parseAddress, parseJson, parseWhole, type Command, type Terminal } from './command.ts';

const OPTIONS = {
  registry: { type: 'string' },
  'chain-id': { type: 'string' },
  'public-key': { type: 'string' },
} as const;

/** What the window is held against besides itself; what is `undefined` is not checked. */
interface Expected {
  readonly domain: Hex | undefined;
  readonly publicKey: Uint8Array | undefined;
}

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'Decode a window or a claim and say by code what is wrong with it.',
  usage: `inspect <hex or file> [options]

The file may hold the bytes, their hex or the JSON envelope. Exit code 1 when something is wrong.

  --registry <address> with --chain-id: also check that it was signed for this registry
  --chain-id <number>
  --public-key <hex>   also check the signature, 64 bytes`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [source] = positionals;
    if (source === undefined || positionals.length > 1) {
      const expected = 'the hex of a window, or a file';
      throw new TonneError('PARAMETER_INVALID', { field: 'window', expected });
    }
    const publicKey = parsePublicKey(values['public-key']);
    const domain = findDomain(values.registry, values['chain-id']);
    const bytes = readWindow(source, terminal);
    if (bytes.length === CLAIM_SIZE) terminal.print(formatFields(decodeClaim(bytes)));
    else return inspectWindow(bytes, { domain, publicKey }, terminal);
    return 0;
  },
};

async function inspectWindow(
  bytes: Uint8Array,
  expected: Expected,
  { print }: Terminal,
): Promise<number> {
  try {
    const header = decodeHeader(bytes);
    print(formatFields(header));
    printReadings(bytes, print);
    const domain = expected.domain ?? header.domain;
    if (expected.domain === undefined) print('Domain not checked: give --registry and --chain-id.');
    const { headerBytes, signature, headerHash } = parseWindow(bytes, domain);
    print(`headerHash: ${headerHash}`);
    await checkSignature(headerBytes, signature, header.deviceId, expected.publicKey, print);
    print('Nothing is wrong with it.');
    return 0;
  } catch (error) {
    if (!(error instanceof TonneError)) throw error;
    print(`${error.code}: ${error.message}`);
    return 1;
  }
}

async function checkSignature(
  headerBytes: Uint8Array,
  signature: Uint8Array,
  deviceId: Hex,
  publicKey: Uint8Array | undefined,
  print: Terminal['print'],
): Promise<void> {
  assertLowS(signature);
  if (publicKey === undefined) {
    print('Signature not checked: give --public-key.');
    return;
  }
  if (deviceIdOf(publicKey) !== deviceId) {
    const value = deviceIdOf(publicKey);
    throw new TonneError('PUBLIC_KEY_MISMATCH', { field: 'deviceId', value, expected: deviceId });
  }
  if (await createWebCryptoVerifier()(publicKey, headerBytes, signature)) return;
  throw new TonneError('SIGNATURE_INVALID', { field: 'signature' });
}

/** Prints the readings that are there; what is wrong with them is said by `parseWindow`. */
function printReadings(bytes: Uint8Array, print: Terminal['print']): void {
  const last = bytes.length - READING_SIZE;
  for (let offset = WINDOW_PREFIX_SIZE; offset <= last; offset += READING_SIZE) {
    const index = (offset - WINDOW_PREFIX_SIZE) / READING_SIZE;
    const { fields, ...rest } = decodeReading(bytes.subarray(offset, offset + READING_SIZE));
    print(`readings[${index}]\n${formatFields({ ...rest, ...fields })}`);
  }
}

function formatFields(record: object): string {
  return Object.entries(record)
    .map(([name, value]) => `  ${name}: ${String(value)}`)
    .join('\n');
}

function findDomain(registry: string | undefined, chainId: string | undefined): Hex | undefined {
  if (registry === undefined && chainId === undefined) return undefined;
  return domainOf(Number(parseWhole(chainId, '--chain-id')), parseAddress(registry, '--registry'));
}

function parsePublicKey(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined;
  const bytes = findBytes(text);
  if (bytes?.length === 64) return bytes;
  const expected = '64 bytes of hex';
  throw new TonneError('PARAMETER_INVALID', { field: '--public-key', value: text, expected });
}

/** Bytes given as hex, or by a file that holds them raw, as hex or as a JSON envelope. */
export function readWindow(source: string, terminal: Terminal): Uint8Array {
  const isHex = source.startsWith('0x') || source.length >= 2 * CLAIM_SIZE;
  const given = isHex ? findBytes(source) : undefined;
  if (given !== undefined) return given;
  const content = terminal.read(source);
  const text = new TextDecoder().decode(content).trim();
  if (text.startsWith('{')) return packEnvelope(parseJson(content, source));
  return findBytes(text) ?? content;
}
