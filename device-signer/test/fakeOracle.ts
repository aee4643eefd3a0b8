import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  decodeHeader,
  parseWindow,
  toHex,
  windowSize,
  type SealedWindow,
} from '@truetonne/protocol';
import { packEnvelope } from '../src/envelope.ts';

/** An answer of a receiver: HTTP status and JSON body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A receiver on a free port that keeps windows and can be told to answer something else. */
export interface FakeOracle {
  readonly url: string;
  readonly accepted: readonly SealedWindow[];
  readonly requests: () => number;
  /** Bodies posted to /v1/meter-replacements. */
  readonly replacements: readonly unknown[];
  /** Decides the next answers; `undefined` falls back to accepting. */
  readonly answer: (decide: (windows: readonly SealedWindow[]) => HttpAnswer | undefined) => void;
}

export async function startFakeOracle(context: TestContext): Promise<FakeOracle> {
  const accepted: SealedWindow[] = [];
  const replacements: unknown[] = [];
  let requests = 0;
  let decide: (windows: readonly SealedWindow[]) => HttpAnswer | undefined = () => undefined;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      requests++;
      if (request.url === '/v1/meter-replacements') {
        replacements.push(JSON.parse(new TextDecoder().decode(body)));
        response.writeHead(202).end();
        return;
      }
      const isJson = request.headers['content-type'] === 'application/json';
      const windows = splitWindows(isJson ? packJson(body) : body);
      const { status, body: answer } = decide(windows) ?? accept(windows, accepted);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    accepted,
    requests: () => requests,
    replacements,
    answer(next) {
      decide = next;
    },
  };
}

/** The result of one accepted window, as the API gives it. */
export function acceptedResult({ header, headerHash }: SealedWindow, status = 'accepted'): object {
  return { deviceId: header.deviceId, sequence: header.sequence, headerHash, status };
}

function accept(windows: readonly SealedWindow[], accepted: SealedWindow[]): HttpAnswer {
  const results = windows.map((window) => {
    const known = accepted.some(({ headerHash }) => headerHash === window.headerHash);
    if (!known) accepted.push(window);
    return acceptedResult(window, known ? 'duplicate' : 'accepted');
  });
  return { status: 200, body: { results } };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function packJson(body: Uint8Array): Uint8Array {
  return packEnvelope(JSON.parse(new TextDecoder().decode(body)));
}

function splitWindows(body: Uint8Array): readonly SealedWindow[] {
  const windows: SealedWindow[] = [];
  for (let offset = 0; offset < body.length;) {
    const size = windowSize(decodeHeader(body.subarray(offset)));
    const domain = toHex(body.subarray(offset + 4, offset + 36));
    windows.push(parseWindow(body.subarray(offset, offset + size), domain));
    offset += size;
  }
  return windows;
}

/** A folder that the test removes when it is over. */
export function makeTemporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-device-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
