import type { Hex } from '@truetonne/protocol';
import type { Entitlements } from '../accounts/entitlements/entitlements.ts';
import type { TenantRates } from '../accounts/entitlements/requestRates.ts';
import type { Notifier } from '../accounts/reminders/settings.ts';
import type { SignInContext } from '../accounts/signIn/signIn.ts';
import type { PeriodKind } from '../domain/calendar.ts';
import type { Accounting } from '../inventory/activities/accounting.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { JobQuota } from '../jobs/quota.ts';
import type { BatchFiles } from '../metering/batches/files.ts';
import type { Acceptance } from '../metering/ingest/accept.ts';
import type { RuleBook } from '../metering/judge/ruleBook.ts';
import type { MethodologyLibrary } from '../metering/methodologies/library.ts';
import type { Issuer } from '../metering/monitoring/credential.ts';
import type { Database } from '../store/database/database.ts';
import type { CredentialContext } from '../transports/credentials.ts';
import type { AddressReader } from './clientAddress.ts';
import type { RequestLimits } from './requestLimits.ts';

/** How the chain was at the last look. */
export interface ChainStatus {
  readonly up: boolean;
  readonly error: string | undefined;
  readonly block: number | undefined;
  readonly syncedBlock: number | undefined;
}

/** How this oracle stands among others, and how windows come to it beside HTTP. */
export interface ServiceStatus {
  /** Whether this oracle judges, batches and submits. */
  readonly leader: boolean;
  readonly broker: 'none' | 'embedded' | 'rabbitmq';
  readonly brokerUp: boolean;
  /** Devices connected to the embedded broker. */
  readonly connections: number;
  /** Messages of RabbitMQ that are at work here. */
  readonly unacknowledged: number;
  /** Verified windows that wait for their commit. */
  readonly queued: number;
}

/** What the routes need of the service. */
export interface ApiContext {
  readonly database: Database;
  readonly acceptance: Acceptance;
  readonly files: BatchFiles;
  readonly jobs: Jobs;
  /** What of uploads and exports one may have at a time. */
  readonly jobQuota: JobQuota;
  readonly addressOf: AddressReader;
  /** `undefined` when there is no broker. */
  readonly credentials: CredentialContext | undefined;
  /** Whether RabbitMQ keeps what it acknowledges; `undefined` without RabbitMQ. */
  readonly brokerReady: (() => boolean) | undefined;
  readonly domain: Hex;
  readonly now: () => number;
  /** How long a window waits for the one before it, seconds. */
  readonly waitSeconds: number;
  readonly rules: RuleBook;
  readonly library: MethodologyLibrary;
  /** Signs reports; `undefined` where the operator gave no key. */
  readonly issuer: (() => Promise<Issuer>) | undefined;
  readonly registry: { readonly chainId: number; readonly address: string };
  /** The wallet that sends batches here; validators name it. */
  readonly submitter: string;
  /** Whether readings without a signature are taken, to be shown as unverified. */
  readonly allowUnsigned: boolean;
  /** Where files lie. */
  readonly dataFolder: string;
  readonly periodOfProject: (projectId: number) => PeriodKind;
  readonly chainStatus: () => ChainStatus;
  readonly serviceStatus: () => ServiceStatus;
  /** Asks for a project's periods to be closed; `undefined` where the operator does not allow it. */
  readonly requestClose: ((projectId: number, until: number) => Promise<void>) | undefined;
  readonly accounting: () => Promise<Accounting>;
  /** Contract that keeps roots of inventories, where one is deployed. */
  readonly inventoryAnchor: Hex | undefined;
  readonly signIn: SignInContext;
  readonly requestLimits: RequestLimits;
  readonly entitlements: Entitlements;
  readonly notifier: Notifier;
  /** How many requests a minute an organisation's plan gives each of its sessions and keys, and all together. */
  readonly requestsPerMinute: (organisationId: string) => TenantRates;
  /** An account's own requests, in no organisation. */
  readonly accountRequestsPerMinute: number;
  readonly onError: (error: unknown, where: string) => void;
}
