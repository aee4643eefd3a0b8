import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { ErrorCode } from '@truetonne/protocol';
import { createTestDevice } from '../support/device.ts';
import { CLAIMED_AT, DOMAIN, startLoneOracle, type LoneOracle } from '../support/noChain.ts';

const BINARY = 'application/octet-stream';

let lone: LoneOracle;
before(async () => {
  lone = await startLoneOracle();
});
after(async () => {
  await lone.stop();
});

describe('bodies that are too large', () => {
  const tooLarge = 11_000_000;

  it('are refused by their stated length before they are read', async () => {
    const { hostname, port } = new URL(lone.oracle.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /v1/windows HTTP/1.1\r\nHost: x\r\nContent-Type: ${BINARY}\r\nContent-Length: ${tooLarge}\r\n\r\n`,
        );
      });
      socket.once('data', (chunk) => {
        resolve(chunk.toString());
        socket.destroy();
      });
      socket.once('error', reject);
    });
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /BODY_TOO_LARGE/);
  });

  it('are refused before they are sent, when the sender asks', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = {
        expect: '100-continue',
        'content-type': BINARY,
        'content-length': tooLarge,
      };
      const sent = request(
        `${lone.oracle.url}/v1/windows`,
        { method: 'POST', headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.once('continue', () => reject(new Error('was told to go on')));
      sent.once('error', reject);
      sent.flushHeaders();
    });
    assert.equal(status, 413);
  });

  it('are refused as soon as they are too large, when no length was stated', async () => {
    const problem = await new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': BINARY, 'transfer-encoding': 'chunked' };
      const sent = request(
        `${lone.oracle.url}/v1/windows`,
        { method: 'POST', headers },
        (response) => {
          response.setEncoding('utf8');
          let text = '';
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve(text));
          response.on('error', () => resolve(text));
        },
      );
      sent.on('error', reject);
      const chunk = Buffer.alloc(1_000_000);
      for (let index = 0; index < 11; index++) sent.write(chunk);
      sent.end();
    });
    assert.match(problem, /BODY_TOO_LARGE/);
  });

  it('leave the service as it was', async () => {
    assert.equal((await fetch(`${lone.oracle.url}/ready`)).status, 200);
  });
});

describe('a connection that asks on and on', () => {
  it('without waiting for answers is ended, and nobody else waits for it', async () => {
    const { hostname, port } = new URL(lone.oracle.url);
    const socket = connect(Number(port), hostname);
    const ended = new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.once('close', () => resolve());
    });
    let answers = 0;
    socket.on('data', (chunk) => (answers += chunk.toString().split('HTTP/1.1 200').length - 1));
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5_000));
    const started = performance.now();
    assert.equal((await fetch(`${lone.oracle.url}/ready`)).status, 200);
    await ended;
    assert.ok(performance.now() - started < 5_000);
    assert.ok(answers <= 16, String(answers));
  });

  it('is served when it asks for a few at a time', async () => {
    const { hostname, port } = new URL(lone.oracle.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let heard = '';
      socket.on('data', (chunk) => (heard += chunk.toString()));
      socket.once('end', () => resolve(heard));
      socket.once('error', reject);
      const ask = 'GET /ready HTTP/1.1\r\nHost: x\r\n';
      socket.write(`${`${ask}\r\n`.repeat(9)}${ask}Connection: close\r\n\r\n`);
    });
    assert.equal(text.split('HTTP/1.1 200').length - 1, 10);
  });
});

describe('addresses and parameters that are wrong', () => {
  const cases: readonly (readonly [string, number, ErrorCode])[] = [
    ['/nothing', 404, 'NOT_FOUND'],
    ['/docs/../../etc/passwd', 404, 'NOT_FOUND'],
    ['/docs/package.json', 404, 'NOT_FOUND'],
    ['/v1/projects/0', 400, 'PARAMETER_INVALID'],
    ['/v1/projects/x', 400, 'PARAMETER_INVALID'],
    ['/v1/projects/99', 404, 'PROJECT_UNKNOWN'],
    ['/v1/projects/99999999999', 400, 'PARAMETER_INVALID'],
    ['/v1/batches?cursor=99999999999.1', 400, 'PARAMETER_INVALID'],
    ['/v1/projects/1/findings?cursor=x', 400, 'PARAMETER_INVALID'],
    ['/v1/projects/1/findings?batch=2000001', 400, 'PARAMETER_INVALID'],
    ['/v1/projects/1/findings?batch=1000001', 404, 'BATCH_UNKNOWN'],
    ['/v1/devices/0x12', 400, 'PARAMETER_INVALID'],
    [`/v1/devices/0x${'00'.repeat(32)}`, 404, 'DEVICE_UNKNOWN'],
    [`/v1/devices/0x${'00'.repeat(32)}/latest`, 404, 'DEVICE_UNKNOWN'],
    ['/v1/devices?project=-1', 400, 'PARAMETER_INVALID'],
    ['/v1/batches/0', 404, 'BATCH_UNKNOWN'],
    ['/v1/batches/abc', 400, 'PARAMETER_INVALID'],
    ['/v1/batches/abc/file', 400, 'PARAMETER_INVALID'],
    ['/v1/batches/99999999999999999999', 404, 'BATCH_UNKNOWN'],
    ['/v1/files/../../secret', 404, 'NOT_FOUND'],
    ['/v1/files/secret', 400, 'PARAMETER_INVALID'],
    ['/v1/files/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy', 404, 'FILE_MISSING'],
    ['/v1/readings/x/status', 400, 'PARAMETER_INVALID'],
    [`/v1/readings/0x${'00'.repeat(32)}.1.0/status`, 404, 'DEVICE_UNKNOWN'],
    [`/v1/windows/0x${'00'.repeat(32)}/1`, 404, 'DEVICE_UNKNOWN'],
  ];
  for (const [path, status, code] of cases) {
    it(`${path} is ${code}`, async () => {
      const problem = await lone.client.refused(path);
      assert.deepEqual([problem.status, problem.code], [status, code]);
    });
  }

  it('a device without windows has no latest reading, and no such window', async () => {
    const empty = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    assert.equal(
      (await lone.client.refused(`/v1/devices/${empty.deviceId}/latest`)).code,
      'DEVICE_UNKNOWN',
    );
    const unknown = await lone.client.refused(`/v1/windows/${lone.unbound.deviceId}/4000000`);
    assert.equal(unknown.code, 'WINDOW_UNKNOWN');
    const reading = await lone.client.refused(
      `/v1/readings/${lone.unbound.deviceId}.4000000.0/status`,
    );
    assert.equal(reading.code, 'READING_UNKNOWN');
  });

  it('a request to close needs a time in the past and a project', async () => {
    const close = async (path: string, body: unknown) =>
      (await lone.client.postJson(path, body)).status;
    assert.equal(await close('/v1/projects/1/close', { until: 'soon' }), 400);
    assert.equal(await close('/v1/projects/1/close', { until: 2 ** 33 }), 422);
    assert.equal(await close('/v1/projects/9/close', { until: CLAIMED_AT }), 404);
    assert.equal(await close('/v1/projects/x/close', { until: CLAIMED_AT }), 400);
  });
});
