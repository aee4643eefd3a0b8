import { BlockList } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sameForAll } from '../../src/accounts/entitlements/requestRates.ts';
import type { Deployment } from '../../src/rpc/deployment.ts';
import type { OracleConfig, TransportConfig } from '../../src/service/config.ts';
import { roles } from './chain.ts';

/** HTTP only, without limits. */
export const TRANSPORTS: TransportConfig = {
  mqttPort: undefined,
  mqttPortIsUsual: false,
  amqpUrl: undefined,
  limits: { deviceWindows: 0, ownerWindows: 0, seconds: 60 },
  allowUnsigned: false,
  credentialSeconds: 86_400,
  role: 'all',
};

/** Where the app's pages are in tests. */
export const APP_ORIGIN = 'http://localhost:5173';

/** Settings of an oracle under test: any port, no logs, quick rounds. */
export function configOf(
  deployment: Deployment,
  dataFolder: string,
  more: Partial<OracleConfig> = {},
): OracleConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    dataFolder,
    databaseUrl: undefined,
    deployment,
    rpcUrls: [deployment.rpcUrl],
    account: roles.submitter,
    periods: { default: 'month', byProject: new Map() },
    graceSeconds: 3600,
    waitSeconds: 7 * 86_400,
    confirmations: 0,
    replaceAfterSeconds: 120,
    pollMs: 50,
    allowClose: true,
    logLevel: 'silent',
    transports: TRANSPORTS,
    signIn: { origins: [APP_ORIGIN], secret: undefined, requestsPerMinute: sameForAll(100_000) },
    jobQuota: {
      owner: { jobs: 100, bytes: 2 ** 40 },
      source: { jobs: 100, bytes: 2 ** 40 },
      keptSeconds: 7 * 86_400,
    },
    trustedProxies: new BlockList(),
    ...more,
  };
}

/** A machine that does much else is no failure: a million rows took 33 s on one. */
const PATIENCE_MS = 120_000;

/** Asks again and again until the answer passes; fails with the last one after two minutes. */
export async function eventually<T>(
  ask: () => Promise<T>,
  passes: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (passes(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not so: ${JSON.stringify(answer)}`);
    await sleep(50);
  }
}
