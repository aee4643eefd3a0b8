import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the nodes of Functions and what they read: the chain at /rpc, the oracle elsewhere. */
export interface Proxy {
  readonly url: string;
  /** What it does to an answer. */
  alter: (path: string, body: Buffer) => Buffer;
  readonly close: () => void;
}

export async function startProxy(targets: {
  readonly rpcUrl: string;
  readonly oracleUrl: string;
}): Promise<Proxy> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const path = request.url ?? '';
        const target = path === '/rpc' ? targets.rpcUrl : `${targets.oracleUrl}${path}`;
        const post = request.method === 'POST';
        const answer = await fetch(target, {
          method: post ? 'POST' : 'GET',
          headers: post ? { 'content-type': 'application/json' } : {},
          ...(post ? { body: Buffer.concat(chunks) } : {}),
        });
        response.statusCode = answer.status;
        response.setHeader('content-type', answer.headers.get('content-type') ?? 'text/plain');
        response.end(proxy.alter(path, Buffer.from(await answer.arrayBuffer())));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Proof: it listens on a port.
  const { port } = server.address() as AddressInfo;
  const proxy: Proxy = {
    url: `http://127.0.0.1:${port}`,
    alter: (_path, body) => body,
    close: () => server.close(),
  };
  return proxy;
}
