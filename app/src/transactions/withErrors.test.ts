import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { creditAbi, marketAbi } from '@truetonne/protocol';
import { decodeErrorResult, encodeErrorResult } from 'viem';
import { withErrors } from './withErrors.ts';

describe('an ABI with the errors of another', () => {
  it('understands what the contract behind it refuses', () => {
    const data = encodeErrorResult({ abi: marketAbi, errorName: 'PriceZero' });
    assert.throws(() => decodeErrorResult({ abi: creditAbi, data }));
    const { errorName } = decodeErrorResult({ abi: withErrors(creditAbi, marketAbi), data });
    assert.equal(errorName, 'PriceZero');
  });
});
