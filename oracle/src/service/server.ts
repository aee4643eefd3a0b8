import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { TonneError } from '@truetonne/protocol';
import { isTooLarge, MAX_BODY } from '../api/body.ts';
import type { ApiEnv } from '../api/route.ts';
import { problemOf, PROBLEM_TYPE } from '../runtime/problem.ts';

/** Longer than load balancers keep a connection (60 s): none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Requests of one connection that may wait for their answers. Node starts all that a connection sends at
 * once, and thousands fit into a packet; clients that exist wait for each answer.
 */
const MAX_PIPELINED = 16;

/** An HTTP server for the API. */
export function createHttpServer(app: OpenAPIHono<ApiEnv>): Server {
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
  });
  const mayStart = createPipelineLimit();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    if (mayStart(incoming, outgoing)) void listener(incoming, outgoing);
  });
  // A sender that asks before it sends a large body is told at once.
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (isTooLarge(incoming) && !isUpload(incoming)) {
      refuseBody(outgoing);
      return;
    }
    outgoing.writeContinue();
    server.emit('request', incoming, outgoing);
  });
  return server;
}

/** Ends a connection that asks on and on without waiting for answers. */
function createPipelineLimit(): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const waiting = new WeakMap<Socket, number>();
  return ({ socket }, outgoing) => {
    const count = waiting.get(socket) ?? 0;
    if (count === MAX_PIPELINED) socket.destroy();
    if (socket.destroyed) return false;
    waiting.set(socket, count + 1);
    outgoing.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    return true;
  };
}

const FILE_PATHS = new Set(['/v1/uploads', '/v1/imports', '/v1/imports/inspect']);

/** Files are written to the disk as they come, so they may be larger than other bodies. */
function isUpload({ url }: IncomingMessage): boolean {
  return FILE_PATHS.has(url?.split('?')[0] ?? '');
}

function refuseBody(outgoing: ServerResponse): void {
  const expected = `at most ${MAX_BODY} bytes`;
  const problem = problemOf(new TonneError('BODY_TOO_LARGE', { field: 'body', expected }));
  outgoing.writeHead(problem.status, { 'content-type': PROBLEM_TYPE, connection: 'close' });
  outgoing.end(JSON.stringify(problem));
}

/** Listens and returns the address. Throws PORT_TAKEN. */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      const details = { field: 'PORT_ORACLE', value: `${host}:${port}` };
      reject(taken ? new TonneError('PORT_TAKEN', details) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

/** Lets requests under way end, then closes what is left open. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections();
    }, 2_000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
