import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import react from '@vitejs/plugin-react';
import { defineConfig, type Connect, type Plugin } from 'vite';

/**
 * What the page may load and call. Scripts, styles, fonts and workers come from its own origin;
 * the addresses of oracle, indexer and chain are known only at run time, hence the open
 * `connect-src`. `wasm-unsafe-eval` lets the verifier compile its keccak.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self' http: https: ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

async function answerDeployment(_: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = process.env['TRUETONNE_APP_CONFIG'];
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'no-store');
  try {
    if (path === undefined) throw new Error('TRUETONNE_APP_CONFIG names no file');
    response.end(await readFile(path));
  } catch (error) {
    response.statusCode = 404;
    response.end(JSON.stringify({ code: 'DEPLOYMENT_MISSING', detail: String(error) }));
  }
}

/** Serves `/deployment.json` from the file named by TRUETONNE_APP_CONFIG, in dev and preview. */
function deploymentFile(): Plugin {
  const install = (middlewares: Connect.Server): void => {
    middlewares.use('/deployment.json', (request, response) => {
      void answerDeployment(request, response);
    });
  };
  return {
    name: 'truetonne:deployment',
    configureServer: (server) => install(server.middlewares),
    configurePreviewServer: (server) => install(server.middlewares),
  };
}

/** Only in the build: the dev server needs inline scripts for hot reload. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'truetonne:csp',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const port = Number(process.env['PORT_APP'] ?? '5173');

export default defineConfig({
  plugins: [react(), deploymentFile(), contentSecurityPolicy()],
  server: { host: '127.0.0.1', port, strictPort: true },
  preview: { host: '127.0.0.1', port, strictPort: true },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  worker: { format: 'es' },
});
