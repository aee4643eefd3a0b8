import { parseArgs } from 'node:util';
import {
  createWebCryptoVerifier,
  decodeHeader,
  domainOf,
  HEADER_SIZE,
  SIGNATURE_SIZE,
  registryAbi,
  toHex,
  TonneError,
  verifyEquivocation,
} from '@truetonne/protocol';
import { encodeFunctionData } from 'viem';
import { readWindow } from './inspect.ts';
import { parseAddress, parseHex, parseWhole, type Command, type Terminal } from './command.ts';

const OPTIONS = {
  'public-key': { type: 'string' },
  registry: { type: 'string' },
  'chain-id': { type: 'string' },
} as const;

export const equivocationCommand: Command = {
  name: 'equivocation',
  summary: 'Make the proof that freezes a device from two windows with one sequence number.',
  usage: `equivocation <window> <window> --public-key <hex> --registry <address> --chain-id <number>

Each window is hex or a file with its bytes, their hex or the JSON envelope; readings are not needed.
Prints the arguments of the registry's freezeDevice, which anyone may send, and the whole call as
\`calldata\`. Exit code 1 when they prove nothing.

  --public-key <hex>   of the device, 64 bytes
  --registry <address> registry contract
  --chain-id <number>  chain of the registry`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [a, b] = positionals;
    if (a === undefined || b === undefined || positionals.length > 2) {
      throw new TonneError('PARAMETER_INVALID', { field: 'windows', expected: 'two windows' });
    }
    const chainId = Number(parseWhole(values['chain-id'], '--chain-id'));
    const domain = domainOf(chainId, parseAddress(values.registry, '--registry'));
    const [first, second] = [cutWindow(a, terminal), cutWindow(b, terminal)];
    const proof = {
      publicKey: parseHex(values['public-key'], '--public-key'),
      headerA: first.header,
      signatureA: first.signature,
      headerB: second.header,
      signatureB: second.signature,
    };
    const { deviceId, sequence } = await verifyEquivocation(
      proof,
      domain,
      createWebCryptoVerifier(),
    );
    const hex = {
      publicKey: toHex(proof.publicKey),
      headerA: toHex(proof.headerA),
      signatureA: toHex(proof.signatureA),
      headerB: toHex(proof.headerB),
      signatureB: toHex(proof.signatureB),
    };
    const calldata = encodeFunctionData({
      abi: registryAbi,
      functionName: 'freezeDevice',
      args: [hex.publicKey, hex.headerA, hex.signatureA, hex.headerB, hex.signatureB],
    });
    terminal.print(JSON.stringify({ deviceId, sequence, ...hex, calldata }, null, 2));
    return 0;
  },
};

/** Header and signature of a window. Throws as `decodeHeader`. */
function cutWindow(source: string, terminal: Terminal) {
  const bytes = readWindow(source, terminal);
  decodeHeader(bytes);
  return {
    header: bytes.subarray(0, HEADER_SIZE),
    signature: bytes.subarray(HEADER_SIZE, HEADER_SIZE + SIGNATURE_SIZE),
  };
}
