import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { importKey, isSignature } from './signature.ts';
import {
  CHECK_SIZE,
  KEY_SIZE,
  SIGNATURE_END,
  type VerifyAnswer,
  type VerifyTask,
} from './verifyTask.ts';

/** Keys kept ready: importing one costs more than using it. A key has about 2 KB. */
const MAX_KEYS = 50_000;

const keys = new Map<string, KeyObject | undefined>();

parentPort?.on('message', ({ id, bytes }: VerifyTask) => {
  const results = new Uint8Array(bytes.length / CHECK_SIZE);
  for (let index = 0; index < results.length; index++) {
    const check = bytes.subarray(index * CHECK_SIZE, (index + 1) * CHECK_SIZE);
    results[index] = passes(check) ? 1 : 0;
  }
  const answer: VerifyAnswer = { id, results };
  parentPort?.postMessage(answer, [results.buffer]);
});

function passes(check: Uint8Array): boolean {
  const key = getKey(check.subarray(0, KEY_SIZE));
  const signature = check.subarray(KEY_SIZE, SIGNATURE_END);
  return key !== undefined && isSignature(key, check.subarray(SIGNATURE_END), signature);
}

function getKey(publicKey: Uint8Array): KeyObject | undefined {
  const name = Buffer.from(publicKey.buffer, publicKey.byteOffset, KEY_SIZE).toString('latin1');
  if (keys.has(name)) return keys.get(name);
  const key = importKey(publicKey);
  keys.set(name, key);
  if (keys.size > MAX_KEYS) {
    const [oldest] = keys.keys();
    if (oldest !== undefined) keys.delete(oldest);
  }
  return key;
}
