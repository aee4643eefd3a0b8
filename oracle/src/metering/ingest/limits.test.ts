import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Hex } from '@truetonne/protocol';
import { createLimits } from './limits.ts';

const OWNER: Hex = `0x${'01'.repeat(20)}`;
const OTHER: Hex = `0x${'02'.repeat(20)}`;
const device = (byte: string): Hex => `0x${byte.repeat(32)}`;

describe('limits', () => {
  it('grant as much as a device has room for, and say when there is more', async () => {
    const limits = createLimits({ deviceWindows: 10, ownerWindows: 1_000, seconds: 60 });
    assert.deepEqual(await limits.take(device('aa'), OWNER, 7), { granted: 7, retryAfter: 0 });
    const { granted, retryAfter } = await limits.take(device('aa'), OWNER, 7);
    assert.equal(granted, 3);
    assert.ok(retryAfter > 0 && retryAfter <= 60, String(retryAfter));
    assert.equal((await limits.take(device('aa'), OWNER, 1)).granted, 0);
  });

  it('leave other devices alone', async () => {
    const limits = createLimits({ deviceWindows: 5, ownerWindows: 1_000, seconds: 60 });
    await limits.take(device('aa'), OWNER, 100);
    assert.deepEqual(await limits.take(device('bb'), OWNER, 5), { granted: 5, retryAfter: 0 });
  });

  it("hold all of an owner's devices together, and no other owner's", async () => {
    const limits = createLimits({ deviceWindows: 10, ownerWindows: 12, seconds: 60 });
    await limits.take(device('aa'), OWNER, 10);
    assert.equal((await limits.take(device('bb'), OWNER, 10)).granted, 2);
    assert.equal((await limits.take(device('cc'), OTHER, 10)).granted, 10);
  });

  it("do not count against a device what its owner's limit kept out", async () => {
    const limits = createLimits({ deviceWindows: 10, ownerWindows: 4, seconds: 60 });
    await limits.take(device('aa'), OWNER, 10);
    await limits.giveBack(device('bb'), OWNER, 4);
    assert.equal((await limits.take(device('aa'), OWNER, 4)).granted, 4);
  });

  it('give back what was not the device', async () => {
    const limits = createLimits({ deviceWindows: 3, ownerWindows: 3, seconds: 60 });
    await limits.take(device('aa'), OWNER, 3);
    await limits.giveBack(device('aa'), OWNER, 3);
    assert.equal((await limits.take(device('aa'), OWNER, 3)).granted, 3);
  });

  it('let everything pass at 0', async () => {
    const limits = createLimits({ deviceWindows: 0, ownerWindows: 0, seconds: 1 });
    assert.deepEqual(await limits.take(device('aa'), OWNER, 1e9), { granted: 1e9, retryAfter: 0 });
  });

  it('keep their count when many ask at once', async () => {
    const limits = createLimits({ deviceWindows: 10, ownerWindows: 0, seconds: 60 });
    const grants = await Promise.all(
      Array.from({ length: 8 }, () => limits.take(device('aa'), OWNER, 3)),
    );
    assert.equal(
      grants.reduce((sum, { granted }) => sum + granted, 0),
      10,
    );
  });
});
