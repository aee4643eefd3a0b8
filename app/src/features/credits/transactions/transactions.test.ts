import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dedicationOf } from '@truetonne/protocol';
import { decodeFunctionData, encodeFunctionData } from 'viem';
import type { Transaction } from '../../../transactions/transaction.ts';
import { mintForDebtTransaction, mintTransaction, type MintableBatch } from './mint.ts';
import { retireTransaction } from './retire.ts';
import { transferTransaction } from './transfer.ts';

const registry = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const credit = '0xa16E02E87b7454126E5E10d957A927A7F5B5d2be';
const owner = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const buyer = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const holding = { creditId: 12_024n, name: 'Desert Sun, vintage 2024', grams: 1_500_000n };

/** What the contract would see, decoded from the very bytes that are sent. */
function calledWith({ call }: Transaction): unknown {
  const { abi, functionName, args } = call;
  return decodeFunctionData({ abi, data: encodeFunctionData({ abi, functionName, args }) });
}

function told({ effects }: Transaction): Readonly<Record<string, unknown>> {
  return Object.fromEntries(effects.map(({ label, value }) => [label, value]));
}

const batch: MintableBatch = {
  id: 1_000_002n,
  projectId: 1,
  kind: 'carbon',
  grams: 303_560n,
  creditableWh: 862_386n,
  vintage: 2016,
  project: { name: 'SERF East', owedGrams: 0n, owedCertificates: 0n },
};

describe('minting', () => {
  const transaction = mintTransaction(registry, batch);

  it('calls the registry with the batch and nothing else', () => {
    assert.equal(transaction.call.address, registry);
    assert.deepEqual(calledWith(transaction), { functionName: 'mint', args: [1_000_002n] });
  });

  it('says what the wallet receives', () => {
    assert.equal(told(transaction)['Your wallet receives'], '0.303560\u00a0t CO₂e');
    assert.equal(transaction.action, 'Mint 0.303560\u00a0t CO₂e');
  });
});

describe('minting what is not plain', () => {
  const owing = { name: 'SERF East', owedGrams: 7n, owedCertificates: 2n };

  it('leaves the share of the buffer out of what the wallet receives, rounded up', () => {
    const project = { ...owing, methodology: { bufferBps: 333 } };
    const { 'Your wallet receives': received, 'Stays in the buffer': kept } = told(
      mintTransaction(registry, { ...batch, grams: 100n, project }),
    );
    assert.deepEqual([received, kept], ['0.000096\u00a0t CO₂e', '0.000004\u00a0t CO₂e']);
  });

  it('speaks of energy where the interval is claimed as that', () => {
    const { action } = mintTransaction(registry, { ...batch, kind: 'energy', grams: 0n });
    assert.equal(action, 'Mint 862.386\u00a0kWh');
  });

  it('says what a project in debt pays first', () => {
    const transaction = mintForDebtTransaction(registry, { ...batch, project: owing });
    assert.deepEqual(calledWith(transaction), { functionName: 'mintForDebt', args: [1_000_002n] });
    assert.equal(told(transaction)['The project owes'], '0.000007\u00a0t CO₂e');
    const energyBatch = { ...batch, kind: 'energy', project: owing } as const;
    const told2 = told(mintForDebtTransaction(registry, energyBatch));
    assert.equal(told2['The project owes'], '2 energy certificates');
  });
});

describe('transferring', () => {
  const grams = 1n;
  const transaction = transferTransaction(credit, { holding, from: owner, to: buyer, grams });

  it('moves exactly the grams from wallet to wallet', () => {
    const args = [owner, buyer, 12_024n, 1n, '0x'];
    assert.deepEqual(calledWith(transaction), { functionName: 'safeTransferFrom', args });
  });

  it('says who gets it and what stays', () => {
    assert.equal(told(transaction)['Goes to'], buyer);
    assert.equal(told(transaction)['You keep'], '1.499999\u00a0t CO₂e');
  });
});

describe('retiring', () => {
  const dedication = dedicationOf(owner, { beneficiary: 'Example Ltd', purpose: 'Travel in 2026' });
  const contracts = { credit, certificates: registry } as const;
  const retire = (certificate: boolean) =>
    retireTransaction(contracts, {
      holding,
      grams: 1_500_000n,
      checked: { dedication, certificate, secret: undefined },
    });

  it('gives the contract grams and the dedication, and asks for the certificate', () => {
    assert.deepEqual(calledWith(retire(false)), {
      functionName: 'retire',
      args: [12_024n, 1_500_000n, dedication],
    });
    assert.deepEqual(calledWith(retire(true)), {
      functionName: 'retireWithCertificate',
      args: [12_024n, 1_500_000n, dedication, registry],
    });
  });

  it('warns that it is for ever and shows the words that will be public', () => {
    const transaction = retire(true);
    assert.match(transaction.warning ?? '', /Nobody can undo/);
    assert.equal(told(transaction)['For the benefit of'], 'Example Ltd');
    assert.equal(told(transaction)['You keep'], '0.000000\u00a0t CO₂e');
  });
});
