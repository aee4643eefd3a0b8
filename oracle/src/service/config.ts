import type { BlockList } from 'node:net';
import { resolve } from 'node:path';
import { fromHex, TonneError, type Hex } from '@truetonne/protocol';
import type { LocalAccount } from 'viem';
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import type { FactorIndex } from '../accounting/index.ts';
import {
  parseRequestRates,
  USUAL_RATES,
  type RequestRates,
} from '../accounts/entitlements/requestRates.ts';
import type { MailConfig } from '../accounts/reminders/mail.ts';
import { parseNetworks } from '../api/clientAddress.ts';
import type { Finality } from '../chain/sync.ts';
import type { PeriodKind } from '../domain/calendar.ts';
import type { JobQuota } from '../jobs/quota.ts';
import type { RateLimits } from '../metering/ingest/limits.ts';
import { readDeployment, type Deployment } from '../rpc/deployment.ts';
import type { TransportChoice } from '../transports/start.ts';

/** Everything that the service is told from outside. Times in seconds. */
export interface OracleConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly deployment: Deployment;
  /** Endpoints of the chain, the preferred one first. */
  readonly rpcUrls: readonly string[];
  readonly account: LocalAccount;
  /** Ed25519 key that signs monitoring reports, 32 bytes; none where the operator gives none. */
  readonly issuerSeed?: Uint8Array | undefined;
  readonly periods: Periods;
  readonly graceSeconds: number;
  /** How long a window waits for the one before it. */
  readonly waitSeconds: number;
  /** When an event of the chain is believed. */
  readonly confirmations: Finality;
  /** A transaction that is in no block after this time is replaced at a higher fee. */
  readonly replaceAfterSeconds: number;
  readonly pollMs: number;
  readonly allowClose: boolean;
  readonly logLevel: string;
  readonly transports: TransportConfig;
  readonly signIn: SignInConfig;
  /** What of uploads and exports one may have at a time, and how long they are kept. */
  readonly jobQuota: JobQuota;
  /** Reverse proxies whose word for the address of a caller is taken. */
  readonly trustedProxies: BlockList;
  /** Where reminders are handed over; none where the operator gives no mail server. */
  readonly mail?: MailConfig | undefined;
  /** Unix seconds; the system's clock when left out. */
  readonly now?: () => number;
  /** Public factors; those of the program's own sets when left out. */
  readonly loadFactors?: () => Promise<FactorIndex>;
}

/** Where wallets sign in. */
export interface SignInConfig {
  /** Origins of the app's pages: messages are signed for these, and cookies are taken from these. */
  readonly origins: readonly string[];
  /** 64 hex digits under which second factors are sealed; `undefined`: one is made beside the data. */
  readonly secret: string | undefined;
  /** Of each session and key, by the organisation's plan. */
  readonly requestsPerMinute: RequestRates;
}

/** How windows come in, and how many. */
export interface TransportConfig extends TransportChoice {
  readonly limits: RateLimits;
  /** Whether readings without a signature are taken, to be shown as unverified. */
  readonly allowUnsigned: boolean;
  /** How long a broker password is good. */
  readonly credentialSeconds: number;
  /** `ingest`: never judges, batches or submits; leaves that to another oracle on the database. */
  readonly role: 'all' | 'ingest';
}

/** Period of each project that has its own, and of all others. */
export interface Periods {
  readonly default: PeriodKind;
  readonly byProject: ReadonlyMap<number, PeriodKind>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Chain id of anvil and Hardhat: the chain of this machine. */
export const LOCAL_CHAIN = 31_337;

/** The words that anvil and Hardhat publish; account 1 is the oracle's on the local chain. */
const LOCAL_MNEMONIC = 'test test test test test test test test test test test junk';

/**
 * A public chain's event is believed once its block is final by the chain's own word: on Polygon, when
 * a milestone of its validators covers it (PIP-11), after a few seconds. docs/operations.md has more.
 */
const PUBLIC_CONFIRMATIONS = 'finalized';

/** The port that IANA registered for MQTT. */
const USUAL_MQTT_PORT = '1883';

const SECONDS_PER_DAY = 86_400;
const BYTES_PER_MB = 1_048_576;

/** Four of the largest uploads. */
const USUAL_MEGABYTES = '4096';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Reads the settings from the environment; docs/api.md lists them.
 *
 * @throws TonneError CONFIGURATION_INVALID with the variable
 */
export function parseConfig(env: Environment): OracleConfig {
  const named = deploymentOf(env);
  const local = named.chainId === LOCAL_CHAIN;
  return {
    host: env['ORACLE_HOST'] ?? '127.0.0.1',
    port: wholeOf(env, 'PORT_ORACLE', '4000'),
    dataFolder: resolve(env['ORACLE_DATA'] ?? '.truetonne/oracle'),
    databaseUrl: env['DATABASE_URL'],
    deployment: named,
    rpcUrls: rpcUrlsOf(env, named),
    account: accountOf(env, local),
    issuerSeed: issuerSeedOf(env, local),
    periods: parsePeriods(env['ORACLE_PERIODS'] ?? 'default=month'),
    graceSeconds: wholeOf(env, 'ORACLE_GRACE_SECONDS', '3600'),
    waitSeconds: wholeOf(env, 'ORACLE_WAIT_SECONDS', String(7 * 86_400)),
    confirmations: finalityOf(env, local ? '0' : PUBLIC_CONFIRMATIONS),
    replaceAfterSeconds: wholeOf(env, 'ORACLE_REPLACE_SECONDS', '120'),
    pollMs: wholeOf(env, 'ORACLE_POLL_MS', local ? '250' : '4000'),
    allowClose: env['ORACLE_ALLOW_CLOSE'] === '1',
    logLevel: logLevelOf(env),
    transports: transportsOf(env),
    signIn: signInOf(env),
    jobQuota: jobQuotaOf(env),
    trustedProxies: trustedProxiesOf(env),
    mail: mailOf(env),
  };
}

function jobQuotaOf(env: Environment): JobQuota {
  const bytesOf = (name: string): number => wholeOf(env, name, USUAL_MEGABYTES) * BYTES_PER_MB;
  return {
    owner: { jobs: wholeOf(env, 'ORACLE_OWNER_JOBS', '5'), bytes: bytesOf('ORACLE_OWNER_MB') },
    source: {
      jobs: wholeOf(env, 'ORACLE_ADDRESS_JOBS', '10'),
      bytes: bytesOf('ORACLE_ADDRESS_MB'),
    },
    keptSeconds: wholeOf(env, 'ORACLE_FILES_KEPT_DAYS', '7') * SECONDS_PER_DAY,
  };
}

/** Nobody, unless the operator says who: anyone can write any address into a header. */
function trustedProxiesOf(env: Environment): BlockList {
  const name = 'ORACLE_TRUSTED_PROXIES';
  const text = env[name] ?? '';
  const networks = parseNetworks(text);
  if (networks !== undefined) return networks;
  throw invalid(name, text, 'addresses and networks such as 127.0.0.1,10.0.0.0/8');
}

/** Both or neither. */
function mailOf(env: Environment): MailConfig | undefined {
  const smtpUrl = textOf(env, 'ORACLE_SMTP_URL');
  const from = textOf(env, 'ORACLE_MAIL_FROM');
  if (smtpUrl === undefined && from === undefined) return undefined;
  if (smtpUrl === undefined || !/^smtps?:\/\//.test(smtpUrl) || !URL.canParse(smtpUrl))
    throw invalid('ORACLE_SMTP_URL', 'a text (not shown)', 'smtp:// or smtps:// and a host');
  if (from === undefined)
    throw invalid('ORACLE_MAIL_FROM', 'nothing', 'a sender such as TrueTonne <mail@example.org>');
  return { smtpUrl, from };
}

function signInOf(env: Environment): SignInConfig {
  const port = env['PORT_APP'] ?? '5173';
  const usual = `http://127.0.0.1:${port},http://localhost:${port}`;
  const origins = (textOf(env, 'ORACLE_APP_ORIGINS') ?? usual)
    .split(',')
    .map((text) => text.trim());
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw invalid('ORACLE_APP_ORIGINS', origin, 'origins such as https://app.example.org');
  }
  const secret = textOf(env, 'ORACLE_SECRET');
  if (secret !== undefined && !/^[0-9a-f]{64}$/.test(secret))
    throw invalid('ORACLE_SECRET', 'a text (not shown)', '64 hex digits');
  const requestsPerMinute = parseRequestRates(
    textOf(env, 'ORACLE_REQUESTS_PER_MINUTE') ?? USUAL_RATES,
  );
  return { origins, secret, requestsPerMinute };
}

function transportsOf(env: Environment): TransportConfig {
  const amqpUrl = textOf(env, 'AMQP_URL');
  const mqttPort = env['PORT_MQTT'] === '' ? 0 : wholeOf(env, 'PORT_MQTT', USUAL_MQTT_PORT);
  return {
    mqttPort: mqttPort === 0 || amqpUrl !== undefined ? undefined : mqttPort,
    mqttPortIsUsual: env['PORT_MQTT'] === undefined,
    amqpUrl,
    limits: {
      deviceWindows: wholeOf(env, 'ORACLE_DEVICE_WINDOWS', '50000'),
      ownerWindows: wholeOf(env, 'ORACLE_OWNER_WINDOWS', '500000'),
      seconds: Math.max(1, wholeOf(env, 'ORACLE_LIMIT_SECONDS', '600')),
    },
    allowUnsigned: env['ORACLE_ALLOW_UNSIGNED'] === '1',
    credentialSeconds: wholeOf(env, 'ORACLE_MQTT_PASSWORD_DAYS', '90') * SECONDS_PER_DAY,
    role: roleOf(env),
  };
}

function roleOf(env: Environment): TransportConfig['role'] {
  const role = env['ORACLE_ROLE'] ?? 'all';
  if (role === 'all' || role === 'ingest') return role;
  throw invalid('ORACLE_ROLE', role, 'all or ingest');
}

/** An empty text counts as nothing: that is how compose files leave a variable out. */
function textOf(env: Environment, name: string): string | undefined {
  const text = env[name];
  return text === '' ? undefined : text;
}

function deploymentOf(env: Environment): Deployment {
  return readDeployment(env['TRUETONNE_DEPLOYMENT'] ?? '.truetonne/deployment.json');
}

/** `ORACLE_RPC_URL` has one address or several with commas between them. */
function rpcUrlsOf(env: Environment, { rpcUrl }: Deployment): readonly string[] {
  const urls = (env['ORACLE_RPC_URL'] ?? rpcUrl).split(',').map((text) => text.trim());
  for (const url of urls) {
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      throw invalid('ORACLE_RPC_URL', url, 'http or https addresses with commas between them');
  }
  return urls;
}

function finalityOf(env: Environment, fallback: string): Finality {
  const name = 'ORACLE_CONFIRMATIONS';
  const text = env[name] ?? fallback;
  return text === 'finalized' ? text : wholeOf(env, name, fallback);
}

/** Public networks have no key by default: a missing one is an error that names it. */
function accountOf(env: Environment, local: boolean): LocalAccount {
  const key = env['ORACLE_SUBMITTER_KEY'];
  if (key === undefined) {
    if (local) return mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: 1 });
    throw invalid('ORACLE_SUBMITTER_KEY', 'nothing', "the private key of the project's submitter");
  }
  if (!isKey(key))
    throw invalid('ORACLE_SUBMITTER_KEY', 'a text (not shown)', '0x and 64 hex digits');
  return privateKeyToAccount(key);
}

/** On the local chain a published key stands in; elsewhere there are no reports without one. */
function issuerSeedOf(env: Environment, local: boolean): Uint8Array | undefined {
  const name = 'ORACLE_ISSUER_KEY';
  const key = textOf(env, name);
  if (key === undefined) return local ? new Uint8Array(32).fill(1) : undefined;
  if (!isKey(key)) throw invalid(name, 'a text (not shown)', '0x and 64 hex digits');
  return fromHex(key);
}

function isKey(text: string): text is Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(text);
}

/** `default=month,2=day`: the period in which a project's energy is batched. */
export function parsePeriods(text: string): Periods {
  const byProject = new Map<number, PeriodKind>();
  let fallback: PeriodKind = 'month';
  for (const part of text.split(',')) {
    const [, who = '', kind = ''] =
      /^\s*(default|[1-9]\d{0,8})\s*=\s*(month|day)\s*$/.exec(part) ?? [];
    if (kind !== 'month' && kind !== 'day') {
      throw invalid('ORACLE_PERIODS', part, 'default=month,2=day');
    }
    if (who === 'default') fallback = kind;
    else byProject.set(Number(who), kind);
  }
  return { default: fallback, byProject };
}

function wholeOf(env: Environment, name: string, fallback: string): number {
  const text = env[name] ?? fallback;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text)) return value;
  throw invalid(name, text, 'a whole number');
}

function logLevelOf(env: Environment): string {
  const level = env['LOG_LEVEL'] ?? 'info';
  if (LOG_LEVELS.includes(level)) return level;
  throw invalid('LOG_LEVEL', level, LOG_LEVELS.join(', '));
}

function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('CONFIGURATION_INVALID', { field, value, expected });
}
