import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** A JSON-RPC request that passes through. */
export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What is answered: `{ result }` or `{ error }`. A promise that stays open is an endpoint that hangs. */
export type RpcAnswer = Readonly<Record<string, unknown>>;

/** Sees every call and decides what comes of it; `forward` asks the real chain. */
export type Interceptor = (
  call: RpcCall,
  forward: () => Promise<RpcAnswer>,
) => Promise<RpcAnswer> | RpcAnswer;

/** An endpoint between an oracle and a chain that a test may let lie, hang or fall silent. */
export interface RpcProxy {
  readonly url: string;
  readonly intercept: (by: Interceptor | undefined) => void;
  readonly stop: () => Promise<void>;
}

const callShape = z.object({
  id: z.unknown(),
  method: z.string(),
  params: z.array(z.unknown()).default([]),
});
const answerShape = z.record(z.string(), z.unknown());

export async function startRpcProxy(upstream: string): Promise<RpcProxy> {
  let interceptor: Interceptor = (_, forward) => forward();
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
    const body = Buffer.concat(chunks);
    const { id, method, params } = callShape.parse(JSON.parse(body.toString()));
    const forward = async (): Promise<RpcAnswer> => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(upstream, { method: 'POST', headers, body });
      return answerShape.parse(await response.json());
    };
    const answered = await interceptor({ method, params }, forward);
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify({ jsonrpc: '2.0', ...answered, id }));
  }
  const server = createServer((incoming, outgoing) => {
    // A chain that is down, or a caller that died, shows as a connection that breaks.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    intercept: (by) => {
      interceptor = by ?? ((_, forward) => forward());
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers some methods by hand and forwards the rest. */
export function lying(lies: Readonly<Record<string, unknown>>): Interceptor {
  return ({ method }, forward) => (method in lies ? { result: lies[method] } : forward());
}
