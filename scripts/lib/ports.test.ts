import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { assertPortFree, findFreePort } from './ports.ts';

describe('free ports', () => {
  it('are other ones each time, though nothing listens on them yet', async () => {
    const ports = new Set<number>();
    for (let asked = 0; asked < 50; asked++) ports.add(await findFreePort());
    assert.equal(ports.size, 50);
  });

  it('are none that something listens on', async () => {
    const before = await findFreePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(before + 1, '127.0.0.1', resolve));
    try {
      assert.notEqual(await findFreePort(), before + 1);
    } finally {
      server.close();
    }
  });
});

describe('a port of npm start', () => {
  it('is taken when it is free', async () => {
    await assertPortFree('app', await findFreePort());
  });

  it('is refused when browsers would not open it', async () => {
    await assert.rejects(assertPortFree('app', 6000), /browsers refuse port 6000.*PORT_APP=5173/);
  });

  it('is refused with another to choose when something listens there', async () => {
    const server = createServer();
    const port = await findFreePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      await assert.rejects(assertPortFree('oracle', port), new RegExp(`PORT_ORACLE=${port + 1}`));
    } finally {
      server.close();
    }
  });
});
