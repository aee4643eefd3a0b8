import type { Feature, Hex, Tier } from '@truetonne/protocol';
import type { Database, Session } from '../../store/database/database.ts';
import { createCallCounter, type CallCounter } from './calls.ts';
import { beyond, bestOf, without } from './limits.ts';
import type { Rights, RightsReader, SoldPlan } from './rights.ts';
import { countSeats, readOwners } from './usageStore.ts';

/** Who pays for an organisation, and for what: the owner with the highest plan. */
export interface Payer {
  readonly wallet: Hex;
  readonly rights: Rights;
}

/** What of the day's calls is used, for the headers of an answer. */
export interface DayOfCalls {
  readonly limit: number;
  readonly used: number;
  /** Seconds until the day (UTC) ends. */
  readonly reset: number;
}

/** What plans give, and what of it is used. Where nothing is sold there are no limits. */
export interface Entitlements {
  /** The rights of a wallet; `undefined` where nothing is sold. Throws CHAIN_*. */
  readonly rightsOf: (wallet: Hex) => Promise<Rights | undefined>;
  readonly plans: () => Promise<readonly SoldPlan[]>;
  /** Who pays for an organisation; `undefined` where nothing is sold or the chain does not answer. */
  readonly payerOf: (session: Session, organisationId: string) => Promise<Payer | undefined>;
  /**
   * Counts a call of an organisation, by what is known of its plan; asks for news in the background.
   *
   * @throws TonneError ENTITLEMENT_API_CALLS
   */
  readonly countCall: (organisationId: string) => DayOfCalls | undefined;
  /** The tier of an organisation, as it was known a moment ago; `free` where nobody is known to pay. */
  readonly tierOf: (organisationId: string) => Tier;
  readonly callsToday: (wallet: Hex) => Promise<number>;
  /** Throws ENTITLEMENT_SEATS when one more member or invitation is beyond the plan. */
  readonly assertSeat: (session: Session, organisationId: string) => Promise<void>;
  /** Throws ENTITLEMENT_FEATURE when who pays for an organisation has a plan without it. */
  readonly assertFeature: (
    session: Session,
    organisationId: string,
    feature: Feature,
  ) => Promise<void>;
  /** The same for a wallet's own plan. */
  readonly assertWalletFeature: (wallet: Hex, feature: Feature) => Promise<void>;
  /** Throws ENTITLEMENT_DEVICES when a wallet that has `devices` at work may not have one more. */
  readonly assertDevice: (wallet: Hex, devices: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const SECONDS_PER_DAY = 86_400;
/** An organisation's plan is asked for again after so long, milliseconds. */
const PAYER_MS = 1_000;
const MAX_ORGANISATIONS = 10_000;

interface KnownPayer {
  readonly at: number;
  readonly payer: Payer | undefined;
  /** Calls that came before it was known who pays. */
  early: number;
}

export function createEntitlements(
  database: Database,
  reader: RightsReader | undefined,
  now: () => number,
): Entitlements {
  const counter = createCallCounter(database);
  /** As decision 0025 says, nothing is limited where the chain does not answer. */
  const knownRights = async (wallet: Hex): Promise<Rights | undefined> =>
    reader?.get(wallet).catch(() => undefined);
  async function assertHas(rights: Rights | undefined, feature: Feature): Promise<void> {
    if (reader === undefined || rights === undefined || rights.features.includes(feature)) return;
    throw without(feature, rights, await reader.plans());
  }
  const payerOf = async (session: Session, organisationId: string) =>
    reader === undefined ? undefined : findPayer(reader, session, organisationId);
  const gate = reader === undefined ? OPEN : createGate(database, reader, counter, now);
  return {
    rightsOf: async (wallet) => reader?.get(wallet),
    plans: async () => (reader === undefined ? [] : reader.plans()),
    payerOf,
    ...gate,
    callsToday: (wallet) => counter.read(wallet, now()),
    async assertSeat(session, organisationId) {
      const payer = await payerOf(session, organisationId);
      if (reader === undefined || payer === undefined) return;
      const needed = (await countSeats(session, organisationId, now())) + 1;
      if (needed <= payer.rights.seats) return;
      throw beyond('seats', needed, payer.rights, await reader.plans());
    },
    async assertFeature(session, organisationId, feature) {
      await assertHas((await payerOf(session, organisationId))?.rights, feature);
    },
    assertWalletFeature: async (wallet, feature) => assertHas(await knownRights(wallet), feature),
    async assertDevice(wallet, devices) {
      const rights = await knownRights(wallet);
      if (reader === undefined || rights === undefined || devices < rights.devices) return;
      throw beyond('devices', devices + 1, rights, await reader.plans());
    },
    stop: counter.stop,
  };
}

/** Owners whose rights can't be read now are left out; without any of them nothing is limited. */
async function findPayer(
  reader: RightsReader,
  session: Session,
  organisationId: string,
): Promise<Payer | undefined> {
  const wallets = await readOwners(session, organisationId);
  const found = await Promise.allSettled(
    wallets.map(async (wallet) => ({ wallet, rights: await reader.get(wallet) })),
  );
  const known = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const best = bestOf(known.map(({ rights }) => rights));
  return known.find(({ rights }) => rights === best);
}

type Gate = Pick<Entitlements, 'countCall' | 'tierOf'>;

/** Of an oracle where nothing is sold. */
const OPEN: Gate = { countCall: () => undefined, tierOf: () => 'free' };

/** Counts calls against what was known of the organisation's plan a moment ago: it does no I/O. */
function createGate(
  database: Database,
  reader: RightsReader,
  counter: CallCounter,
  now: () => number,
): Gate {
  const payers = new Map<string, KnownPayer>();
  const asking = new Set<string>();
  let plans: readonly SoldPlan[] = [];

  async function refresh(organisationId: string): Promise<void> {
    if (asking.has(organisationId)) return;
    asking.add(organisationId);
    try {
      plans = await reader.plans();
      const payer = await findPayer(reader, database, organisationId);
      if (payer === undefined) return;
      const early = payers.get(organisationId)?.early ?? 0;
      for (let call = 0; call < early; call += 1) counter.add(payer.wallet, now());
      if (payers.size >= MAX_ORGANISATIONS) payers.clear();
      payers.set(organisationId, { at: performance.now(), payer, early: 0 });
    } finally {
      asking.delete(organisationId);
    }
  }
  function knownOf(organisationId: string): KnownPayer | undefined {
    const known = payers.get(organisationId);
    if (known === undefined || performance.now() - known.at > PAYER_MS) {
      // What can't be read now is asked for with the next call.
      void refresh(organisationId).catch(() => undefined);
    }
    return known;
  }
  function countCall(organisationId: string): DayOfCalls | undefined {
    const known = knownOf(organisationId);
    if (known?.payer === undefined) {
      payers.set(organisationId, {
        at: -Infinity,
        payer: undefined,
        early: (known?.early ?? 0) + 1,
      });
      return undefined;
    }
    const { wallet, rights } = known.payer;
    const used = counter.add(wallet, now());
    const limit = rights.apiCallsPerDay;
    if (used > limit) throw beyond('apiCallsPerDay', used, rights, plans);
    return { limit, used, reset: SECONDS_PER_DAY - (now() % SECONDS_PER_DAY) };
  }
  const tierOf = (organisationId: string): Tier =>
    knownOf(organisationId)?.payer?.rights.tier ?? 'free';
  return { countCall, tierOf };
}
