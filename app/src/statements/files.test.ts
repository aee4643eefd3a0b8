import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readClaimFile, readReplacementFile, readRotationFile } from './files.ts';

const claim = { claim: '0x0102', publicKey: '0x03', signature: '0x04' };

describe('what a device printed', () => {
  it('is read with whatever else stands in it', () => {
    const { bytes, publicKey, signature } = readClaimFile(
      JSON.stringify({ deviceId: '0xff', ...claim }),
    );
    assert.deepEqual([...bytes, ...publicKey, ...signature], [1, 2, 3, 4]);
  });

  it('tells the statement of the old key from the claim of the new one', () => {
    const file = { ...claim, rotation: '0x05', oldPublicKey: '0x06', oldSignature: '0x07' };
    const rotation = readRotationFile(JSON.stringify(file));
    assert.deepEqual([...rotation.rotation.bytes, ...rotation.claim.bytes], [5, 1, 2]);
    assert.deepEqual([...rotation.rotation.signature, ...rotation.claim.signature], [7, 4]);
  });

  it('is refused with the field that is missing, and when it is no JSON at all', () => {
    const noSignature = JSON.stringify({ statement: '0x01', publicKey: '0x02' });
    const refusal = (field: RegExp) => (error: unknown) =>
      error instanceof Error && field.test(`${JSON.stringify(error)} ${error.message}`);
    assert.throws(() => readReplacementFile(noSignature), refusal(/FILE_MALFORMED.*signature/));
    assert.throws(() => readClaimFile('sealed 3, waiting 0'), refusal(/FILE_MALFORMED/));
  });

  it('has the names that the command line writes', () => {
    const commands = join(import.meta.dirname, '../../../device-signer/src/commands');
    const rotate = readFileSync(join(commands, 'rotate.ts'), 'utf8');
    for (const name of ['rotation', 'oldPublicKey', 'oldSignature', 'claim', 'publicKey']) {
      assert.match(rotate, new RegExp(`\\b${name}:`));
    }
  });
});
