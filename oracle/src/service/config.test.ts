import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { makeFolder } from '../../test/support/folders.ts';
import { runMain } from '../../test/support/process.ts';
import { parseConfig, parsePeriods } from './config.ts';

const folder = makeFolder();
after(folder.remove);

const BOOK = {
  network: 'local',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:8545',
  registry: `0x${'AB'.repeat(20)}`,
  credit: `0x${'cd'.repeat(20)}`,
  energyCertificate: '0x00000000000000000000000000000000000000e1',
  verification: '0x00000000000000000000000000000000000000e2',
  recourse: '0x00000000000000000000000000000000000000e3',
  readings: '0x00000000000000000000000000000000000000e4',
  deployedAtBlock: 1,
};

function bookAt(name: string, more: Record<string, unknown> = {}): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify({ ...BOOK, ...more }));
  return path;
}

it('every variable that is read is named in docs/api.md', () => {
  const given: Record<string, string> = { TRUETONNE_DEPLOYMENT: bookAt('named.json') };
  const read = new Set<string>();
  parseConfig(
    new Proxy(given, {
      get(target, name: string) {
        read.add(name);
        return target[name];
      },
    }),
  );
  // Read for the standard of another one alone; a page's own port is told by ORACLE_APP_ORIGINS.
  read.delete('PORT_APP');
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
  assert.deepEqual(
    [...read].filter((name) => !guide.includes(`\`${name}\``)),
    [],
  );
});

const refuses = (env: Record<string, string>, field: RegExp) => {
  assert.throws(
    () => parseConfig(env),
    (error) =>
      error instanceof TonneError &&
      error.code === 'CONFIGURATION_INVALID' &&
      field.test(error.details.field ?? ''),
  );
};

describe('settings', () => {
  const TRUETONNE_DEPLOYMENT = bookAt('local.json');

  it('have documented defaults on the local chain', () => {
    const config = parseConfig({ TRUETONNE_DEPLOYMENT });
    assert.deepEqual(
      [
        config.host,
        config.port,
        config.graceSeconds,
        config.confirmations,
        config.pollMs,
        config.allowClose,
      ],
      ['127.0.0.1', 4000, 3600, 0, 250, false],
    );
    assert.equal(config.account.address, '0x70997970C51812dc3A010C7d01b50e0d17dc79C8');
    assert.equal(config.deployment.registry, `0x${'ab'.repeat(20)}`);
    assert.equal(config.databaseUrl, undefined);
    assert.deepEqual(config.jobQuota, {
      owner: { jobs: 5, bytes: 2 ** 32 },
      source: { jobs: 10, bytes: 2 ** 32 },
      keptSeconds: 604_800,
    });
    assert.deepEqual(config.trustedProxies.rules, []);
  });

  it('take what the environment says', () => {
    const config = parseConfig({
      TRUETONNE_DEPLOYMENT,
      ORACLE_HOST: '0.0.0.0',
      PORT_ORACLE: '4001',
      ORACLE_DATA: '/data',
      ORACLE_GRACE_SECONDS: '60',
      ORACLE_RPC_URL: 'http://10.0.0.1:1, https://rpc.example/key',
      ORACLE_ALLOW_CLOSE: '1',
      DATABASE_URL: 'postgres://x',
    });
    assert.deepEqual(
      [config.host, config.port, config.dataFolder, config.graceSeconds, config.databaseUrl],
      ['0.0.0.0', 4001, '/data', 60, 'postgres://x'],
    );
    assert.deepEqual(config.rpcUrls, ['http://10.0.0.1:1', 'https://rpc.example/key']);
    assert.equal(config.allowClose, true);
  });

  it('never invent a key for a public network, nor show a wrong one', () => {
    const amoy = { TRUETONNE_DEPLOYMENT: bookAt('amoy.json', { chainId: 80_002 }) };
    refuses(amoy, /ORACLE_SUBMITTER_KEY/);
    assert.throws(
      () => parseConfig({ ...amoy, ORACLE_SUBMITTER_KEY: 'secret' }),
      (error) => error instanceof TonneError && !error.message.includes('secret'),
    );
    const config = parseConfig({ ...amoy, ORACLE_SUBMITTER_KEY: `0x${'11'.repeat(32)}` });
    assert.deepEqual([config.confirmations, config.pollMs], ['finalized', 4000]);
  });

  it('are refused with the name of the variable', () => {
    refuses({ TRUETONNE_DEPLOYMENT: '/nowhere.json' }, /TRUETONNE_DEPLOYMENT/);
    refuses({ TRUETONNE_DEPLOYMENT: bookAt('bad.json', { registry: '0x12' }) }, /registry/);
    refuses({ TRUETONNE_DEPLOYMENT, PORT_ORACLE: '4e3' }, /PORT_ORACLE/);
    refuses({ TRUETONNE_DEPLOYMENT, ORACLE_GRACE_SECONDS: '-1' }, /ORACLE_GRACE_SECONDS/);
    refuses({ TRUETONNE_DEPLOYMENT, ORACLE_TRUSTED_PROXIES: 'lan' }, /ORACLE_TRUSTED_PROXIES/);
    refuses({ TRUETONNE_DEPLOYMENT, ORACLE_PERIODS: 'week' }, /ORACLE_PERIODS/);
    refuses({ TRUETONNE_DEPLOYMENT, LOG_LEVEL: 'loud' }, /LOG_LEVEL/);
    refuses({ TRUETONNE_DEPLOYMENT, ORACLE_RPC_URL: 'http://a,b' }, /ORACLE_RPC_URL/);
    refuses({ TRUETONNE_DEPLOYMENT, ORACLE_CONFIRMATIONS: 'safe' }, /ORACLE_CONFIRMATIONS/);
  });

  it('name periods by project', () => {
    const periods = parsePeriods('default=day, 2=month');
    assert.equal(periods.default, 'day');
    assert.deepEqual([...periods.byProject], [[2, 'month']]);
    assert.deepEqual(parsePeriods('3=day').default, 'month');
  });

  it('that are wrong end the process with one line and code 1', async () => {
    const { code, output } = await runMain({ TRUETONNE_DEPLOYMENT: '/nowhere.json' });
    assert.equal(code, 1);
    assert.match(output, /^CONFIGURATION_INVALID: [^\n]*\/nowhere\.json[^\n]*\n$/);
  });
});
