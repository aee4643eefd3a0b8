import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCertificates, checkWords } from './checks.ts';
import { cancelTransaction, chooseClaimTransaction, sendTransaction } from './transactions.ts';

const contract = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const wallet = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const held = { certificateId: 12_026n, name: 'Desert Sun, electricity of 2026', certificates: 5n };

describe('energy certificates that a person types', () => {
  it('are whole, at least one, and at most what is held', () => {
    assert.deepEqual(checkCertificates(' 5 ', 5n), { ok: true, value: 5n });
    for (const typed of ['', '0', '1.5', '-1', '6', 'one', '9'.repeat(30)]) {
      assert.equal(checkCertificates(typed, 5n).ok, false, typed);
    }
  });

  it('come with words that fit the contract, in bytes and not in letters', () => {
    assert.equal(checkWords('é'.repeat(64), 'beneficiary').ok, true);
    assert.equal(checkWords('é'.repeat(65), 'beneficiary').ok, false);
    assert.equal(checkWords('x'.repeat(257), 'purpose').ok, false);
    assert.equal(checkWords('\ud800', 'purpose').ok, false);
    assert.deepEqual(checkWords('  ', 'purpose'), { ok: true, value: '' });
  });
});

describe('transactions of energy certificates', () => {
  it('say what they call', () => {
    const chosen = chooseClaimTransaction(contract, { id: 3, name: 'Shed' }, 'energy');
    assert.deepEqual([chosen.call.functionName, chosen.call.args], ['chooseClaim', [3, 1]]);
    const input = { held, amount: 2n, beneficiary: 'A school', purpose: '' };
    const { call, effects } = cancelTransaction(contract, input);
    assert.deepEqual([call.functionName, call.args], ['cancel', [12_026n, 2n, 'A school', '']]);
    assert.ok(effects.some(({ value }) => value === '3 energy certificates (3 MWh)'));
    const sent = sendTransaction(contract, { held, from: wallet, to: contract, amount: 1n });
    assert.deepEqual(sent.call.args, [wallet, contract, 12_026n, 1n, '0x']);
  });
});
