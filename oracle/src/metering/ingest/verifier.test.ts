import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createTestDevice } from '../../../test/support/device.ts';
import { createVerifier, type SignatureCheck } from './verifier.ts';

const devices = Array.from({ length: 5 }, () =>
  createTestDevice({ domain: `0x${'d0'.repeat(32)}`, claimedAt: 1 }),
);

function check(index: number): SignatureCheck {
  const device = devices[index % devices.length];
  assert.ok(device);
  const { headerBytes, signature } = device.seal();
  return { publicKey: device.publicKey, signature, headerBytes };
}

describe('the verifying threads', () => {
  const verifier = createVerifier(2);
  after(async () => {
    await verifier.stop();
  });

  it('answer each check in its place, however many come at once', async () => {
    const requests = Array.from({ length: 6 }, (_, request) =>
      Array.from({ length: 40 }, (_, index) => {
        const sound = check(index);
        const signature = check(index + request).signature;
        return index % 7 === request ? { ...sound, signature } : sound;
      }),
    );
    const answers = await Promise.all(requests.map((checks) => verifier.verify(checks)));
    for (const [request, answer] of answers.entries()) {
      assert.deepEqual(
        answer,
        Array.from({ length: 40 }, (_, index) => index % 7 !== request),
      );
    }
  });

  it('say no to a key that is no point, and to zeros', async () => {
    const sound = check(0);
    const bad = [
      { ...sound, publicKey: new Uint8Array(64) },
      { ...sound, signature: new Uint8Array(64) },
      sound,
    ];
    assert.deepEqual(await verifier.verify(bad), [false, false, true]);
    assert.deepEqual(await verifier.verify([]), []);
  });

  it('begin anew after they were ended', async () => {
    await verifier.stop();
    assert.deepEqual(await verifier.verify([check(1)]), [true]);
  });
});
