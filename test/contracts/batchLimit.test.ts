import assert from 'node:assert/strict';

import { concat, type Hex } from 'viem';

import { createDevice, headerOf } from './support/device.ts';
import { openHarness } from './support/harness.ts';
import { assertRefused } from './support/refusal.ts';
import { FILE_DIGEST, ROOT, YEAR_2026 } from './support/world.ts';

const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;
const harness = await openHarness(DOMAIN);

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
    const project = { factorUgPerWh: 352_000, deficitWh: 0n, remainderUg: 0 };
    await harness.putProject(PROJECT, { ...project, batchCount: 999_998 });
    await harness.putDevice(device.id, {
      projectId: PROJECT,
      capacityW: 6_000,
      sequence: 0,
      closedAt: YEAR_2026,
      exportWh: 0n,
      importWh: 0n,
    });
    const header = headerOf({ domain: DOMAIN, deviceId: device.id, closedAt: YEAR_2026 + 100 });
    const closing = concat([device.publicKey, device.sign(header), header]);

    await harness.registry.write.submit([submission, closing]);

    assert.equal((await harness.registry.read.batch([4_999_999n])).status, 3);
    await assertRefused(harness.registry.write.submit([submission, closing]), 'BatchLimitReached', [
      PROJECT,
      999_999n,
    ]);
  });
});
