import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accreditTransaction, pauseTransaction } from './transactions.ts';

const registry = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const verification = '0xa16E02E87b7454126E5E10d957A927A7F5B5d2be';
const wallet = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';

describe('what the admin does', () => {
  it('goes to the contract that keeps the role', () => {
    const contracts = { registry, verification } as const;
    const asked = { wallet, until: 2_000_000_000 } as const;
    const validator = accreditTransaction(contracts, { ...asked, role: 'validator' }).call;
    assert.deepEqual([validator.address, validator.args], [registry, [wallet, 2_000_000_000]]);
    const verifier = accreditTransaction(contracts, { ...asked, role: 'verifier' }).call;
    assert.deepEqual([verifier.address, verifier.args], [verification, [wallet, 3, 2_000_000_000]]);
    const recomputer = accreditTransaction(contracts, { ...asked, role: 'recomputer' }).call;
    assert.deepEqual(recomputer.args, [wallet, 4, 2_000_000_000]);
  });

  it('says whether a pause begins or ends', () => {
    assert.match(pauseTransaction(registry, 200, 100).title, /Pause/);
    assert.match(pauseTransaction(registry, 100, 100).title, /Go on/);
  });
});
