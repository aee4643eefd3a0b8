import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  claimHashOf,
  createWebCryptoVerifier,
  fromHex,
  type SealedWindow,
} from '@truetonne/protocol';
import { runTool, WARNINGS } from '../../toolchain.ts';

/** What the oracle says of a window that it has. */
export const STORED = { results: [{ sequence: 1, status: 'accepted' }] };

export const PORT = join(import.meta.dirname, '../truetonne');
const FIRMWARE = join(import.meta.dirname, '../../..');

/** IDF compiles C as gnu17. `-Wpedantic` would refuse what its own headers do. */
export const FLAGS = [
  '-std=gnu17',
  ...WARNINGS.filter((flag) => flag !== '-Wpedantic'),
  ...['test/stubs', 'test/fakes', 'truetonne/include', 'truetonne/src']
    .map((folder) => join(import.meta.dirname, '..', folder))
    .concat([join(FIRMWARE, 'core/include'), join(FIRMWARE, 'sensors')])
    .flatMap((folder) => ['-I', folder]),
];

export const TRANSPORTS = { http: [], mqtt: ['-DCONFIG_TT_SEND_OVER_MQTT=1'] } as const;

/** The port and the core over fakes of the platform; P-256 by the mbedTLS of this machine. */
export async function buildPort(
  folder: string,
  transport: keyof typeof TRANSPORTS,
): Promise<string> {
  const sources = [
    ...globSync(join(FIRMWARE, 'core/src/*.c')),
    ...globSync(join(PORT, 'src/*.c')).filter((file) => !file.endsWith('atecc608.c')),
    ...globSync(join(import.meta.dirname, '{probe.c,fakes/*.c}')),
  ];
  const program = join(folder, transport);
  const flags = [...FLAGS, ...TRANSPORTS[transport], '-fsanitize=address,undefined'];
  await runTool('gcc', [...flags, ...sources, '-o', program, '-lmbedcrypto'], {
    debianPackage: 'gcc libmbedtls-dev',
  });
  return program;
}

/**
 * Gives commands to the port, in a folder that holds its flash, and answers what it printed. Its requests
 * go to `receiver`, or to nobody.
 */
export async function runPort(
  program: string,
  flash: string,
  commands: readonly string[],
  receiver?: Receiver,
): Promise<readonly string[]> {
  const env = { ...process.env, FAKE_HTTP_PORT: String(receiver?.port ?? DISCARD_PORT) };
  const child = spawn(program, { cwd: flash, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(`${commands.join('\n')}\n`);
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 0, Buffer.concat(errors).toString());
  return Buffer.concat(output).toString().trim().split('\n');
}

/** Nobody listens there. */
const DISCARD_PORT = 9;

export const STARTED_AT = 1_790_000_000;

/** A minute in which 5 Wh were exported. */
export const MINUTE = ['wait 60000', 'sample 5000000 0'];

/** The line of JSON that `claim` prints. */
export function readClaim(lines: readonly string[]) {
  const line = lines.find((text) => text.startsWith('{'));
  assert.ok(line !== undefined, `no claim in ${lines.join('\n')}`);
  // Proof: fromHex refuses what is no hex.
  const said = JSON.parse(line) as Record<'deviceId' | 'claim' | 'publicKey' | 'signature', string>;
  return {
    deviceId: said.deviceId,
    claim: fromHex(said.claim),
    publicKey: fromHex(said.publicKey),
    signature: fromHex(said.signature),
  };
}

export const verifySignature = createWebCryptoVerifier();

/** The windows follow the claim and each other, and are signed. */
export async function assertChain(
  windows: readonly SealedWindow[],
  claim: Uint8Array,
  publicKey: Uint8Array,
): Promise<void> {
  let previousHash = claimHashOf(claim);
  for (const { header, headerBytes, headerHash, signature } of windows) {
    assert.equal(header.previousHash, previousHash);
    assert.ok(await verifySignature(publicKey, headerBytes, signature));
    previousHash = headerHash;
  }
}

/** An oracle that does what a test says. */
export interface Receiver {
  readonly port: number;
  readonly bodies: readonly Buffer[];
  readonly paths: readonly string[];
  /** Decides the next answers: status and body. */
  answer: (path: string) => readonly [number, unknown];
}

export async function startReceiver(context: TestContext): Promise<Receiver> {
  const bodies: Buffer[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      paths.push(request.url ?? '');
      const [status, body] = receiver.answer(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  // Proof: a server that listens on a TCP port has such an address.
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = { port, bodies, paths, answer: () => [200, STORED] };
  return receiver;
}
