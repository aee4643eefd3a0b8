import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { subscriptionsAbi } from '@truetonne/protocol';
import { encodeAbiParameters, encodeEventTopics, zeroAddress, zeroHash, type Log } from 'viem';
import { outcomeOf } from './outcome.ts';

const abi = subscriptionsAbi;
const args = { subscriber: zeroAddress } as const;

/** An event of the contract, as a receipt has it. */
function logOf(topics: readonly unknown[], data: `0x${string}`): Log {
  // Proof: what is read of a log is its topics and data.
  return { address: zeroAddress, topics, data, transactionHash: zeroHash } as unknown as Log;
}

const renewed = logOf(
  encodeEventTopics({ abi, eventName: 'Renewed', args }),
  encodeAbiParameters([{ type: 'uint8' }, { type: 'uint40' }, { type: 'uint256' }], [2, 9, 1n]),
);
const failed = logOf(
  encodeEventTopics({ abi, eventName: 'PaymentFailed', args }),
  encodeAbiParameters([{ type: 'bytes4' }], ['0x12345678']),
);

describe('what came of renewing many', () => {
  it('is that all were renewed, where the events say so', () => {
    assert.equal(outcomeOf([renewed], zeroAddress, 1), 'Renewed 1 subscription');
    assert.equal(outcomeOf([renewed, renewed], zeroAddress, 2), 'Renewed 2 subscriptions');
  });

  it('is how many were, where one could not be any more', () => {
    assert.match(outcomeOf([renewed, failed], zeroAddress, 2), /^Renewed 1 of 2: /);
    assert.match(outcomeOf([failed], zeroAddress, 1), /^Renewed 0 of 1: /);
  });

  it('is not what another contract says, such as the token that pays', () => {
    const contract = '0x0000000000000000000000000000000000000001';
    assert.match(outcomeOf([renewed], contract, 1), /^Renewed 0 of 1: /);
  });
});
