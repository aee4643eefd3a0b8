import assert from 'node:assert/strict';

import { concat, type Hex } from 'viem';

import { createDevice, headerOf } from './support/device.ts';
import { openHarness } from './support/harness.ts';
import { assertRefused } from './support/refusal.ts';
import { FILE_DIGEST, ROOT, YEAR_2026 } from './support/world.ts';

const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;
const { registry, account } = await openHarness(DOMAIN);

describe('the limits of ids', () => {
  const PROJECT = 4;
  const submission = {
    projectId: PROJECT,
    deductedWh: 0n,
    periodStart: YEAR_2026,
    periodEnd: YEAR_2026 + 100,
    root: ROOT,
    fileDigest: FILE_DIGEST,
  };

  it('end the batches of a project before they would be those of the next', async () => {
    const device = createDevice();
    await registry.write.putProject([PROJECT, account, 352_000, 999_998, 0n, 0]);
    await registry.write.putDevice([device.id, PROJECT, 6_000, 0, YEAR_2026, 0n, 0n]);
    const header = headerOf({ domain: DOMAIN, deviceId: device.id, closedAt: YEAR_2026 + 100 });
    const closing = concat([device.publicKey, device.sign(header), header]);

    await registry.write.submit([submission, closing]);

    assert.equal((await registry.read.batch([4_999_999n])).status, 1);
    await assertRefused(registry.write.submit([submission, closing]), 'BatchLimitReached', [
      PROJECT,
      999_999n,
    ]);
  });
});
