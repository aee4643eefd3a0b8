import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onSameSite, parseDeployment } from './deployment.ts';

const file = {
  network: 'local',
  chainId: 31337,
  rpcUrl: 'http://127.0.0.1:8545',
  registry: '0x5fbdb2315678afecb367f032d93f642f64180aa3',
  credit: '0xa16e02e87b7454126e5e10d957a927a7f5b5d2be',
  energyCertificate: '0x00000000000000000000000000000000000000e1',
  verification: '0x00000000000000000000000000000000000000e2',
  recourse: '0x00000000000000000000000000000000000000e3',
  readings: '0x00000000000000000000000000000000000000e4',
  deployedAtBlock: 1,
  oracleUrl: 'http://127.0.0.1:4000/',
  indexerUrl: 'http://127.0.0.1:42069',
};

describe('the deployment file', () => {
  it('is read with addresses of services without a trailing slash', () => {
    const deployment = parseDeployment(file);
    assert.equal(deployment.oracleUrl, 'http://127.0.0.1:4000');
    assert.equal(deployment.deployedAtBlock, 1n);
  });

  it('says where subscriptions are sold, if anywhere', () => {
    const subscriptions = { contract: file.registry, plans: file.credit };
    assert.deepEqual(parseDeployment({ ...file, subscriptions }).subscriptions, subscriptions);
    assert.equal(parseDeployment(file).subscriptions, undefined);
  });

  it('is refused with the name of what is missing', () => {
    assert.throws(
      () => parseDeployment({ ...file, registry: undefined }),
      /deployment\.json: registry = missing.*expected an address/,
    );
    assert.throws(() => parseDeployment({ ...file, rpcUrl: 'nowhere' }), /rpcUrl = nowhere/);
    assert.throws(() => parseDeployment({ ...file, oracleUrl: 'nowhere' }), TypeError);
  });

  it('asks services of this machine by the name that the page has', () => {
    const oracle = 'http://127.0.0.1:4000';
    assert.equal(onSameSite(oracle, 'localhost'), 'http://localhost:4000');
    assert.equal(onSameSite(oracle, '127.0.0.1'), oracle);
    assert.equal(onSameSite(oracle, 'app.example.org'), oracle);
    const far = 'https://oracle.example.org';
    assert.equal(onSameSite(far, 'localhost'), far);
  });
});
