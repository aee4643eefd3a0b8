import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeFunctionData, encodeFunctionData, zeroAddress } from 'viem';
import type { Transaction } from '../../../transactions/transaction.ts';
import { bindTransaction } from './bind.ts';
import { acceptTransaction, offerTransaction, withdrawTransaction } from './handOver.ts';
import { revokeTransaction } from './revoke.ts';

const registry = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const buyer = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const deviceId = `0x${'ab'.repeat(32)}` as const;

/** What the contract would see, decoded from the very bytes that are sent. */
function calledWith({ call }: Transaction): unknown {
  const { abi, functionName, args } = call;
  return decodeFunctionData({ abi, data: encodeFunctionData({ abi, functionName, args }) });
}

function told({ effects }: Transaction): string {
  return effects
    .map(({ label, value }) => `${label}: ${typeof value === 'string' ? value : 'not a text'}`)
    .join('\n');
}

describe('what is sent about a device', () => {
  it('revokes it from the second that the page names', () => {
    const transaction = revokeTransaction(registry, deviceId, 1_719_730_801);
    const args = [deviceId, 1_719_730_801];
    assert.deepEqual(calledWith(transaction), { functionName: 'revokeDevice', args });
    assert.match(told(transaction), /before 2024-06-30 07:00:01 UTC/);
  });

  it('binds it with whole watts to the project', () => {
    const transaction = bindTransaction(registry, { deviceId, projectId: 7, capacityW: 6_000 });
    const args = [deviceId, 7, 6_000];
    assert.deepEqual(calledWith(transaction), { functionName: 'bindDevice', args });
    assert.match(told(transaction), /Capacity: 6\.000\u00a0kW/);
  });

  it('offers it to a wallet, and withdraws the offer by offering it to nobody', () => {
    const offered = calledWith(offerTransaction(registry, deviceId, buyer));
    assert.deepEqual(offered, { functionName: 'offerDevice', args: [deviceId, buyer] });
    const withdrawn = calledWith(withdrawTransaction(registry, deviceId, buyer));
    assert.deepEqual(withdrawn, { functionName: 'offerDevice', args: [deviceId, zeroAddress] });
  });

  it('takes it over, and says which project it leaves', () => {
    const transaction = acceptTransaction(registry, { id: deviceId, projectId: 7 });
    assert.deepEqual(calledWith(transaction), { functionName: 'acceptDevice', args: [deviceId] });
    assert.match(told(transaction), /It leaves: project 7/);
    assert.doesNotMatch(
      told(acceptTransaction(registry, { id: deviceId, projectId: undefined })),
      /It leaves/,
    );
  });
});
