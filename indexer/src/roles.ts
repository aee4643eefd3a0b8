import { ponder, type Context, type Event } from 'ponder:registry';
import { accreditation, office, officeChange, pause, walletRole } from 'ponder:schema';
import type { Hex } from 'viem';
import { walletRoleOf, type WalletRole } from '../model/role.ts';
import { placeOf } from './place.ts';

type Db = Context['db'];
type Office = (typeof office.$inferSelect)['name'];
type OfficeEvent = Event<
  | 'TonneRegistry:OwnershipTransferred'
  | 'TonnePlans:OwnershipTransferred'
  | 'TonnePlans:TreasurySet'
  | 'TonnePlans:ArbiterSet'
>;
type Accredited = Event<
  'TonneRegistry:ValidatorAccredited' | 'TonneVerification:VerifierAccredited'
>;

ponder.on('TonneRegistry:RoleGiven', async ({ event, context: { db } }) => {
  const { wallet: address, role } = event.args;
  await db.insert(walletRole).values({ address, role: walletRoleOf(role), ...placeOf(event) });
});

ponder.on('TonneRegistry:Paused', async ({ event, context: { db } }) => {
  const { until } = event.args;
  await db.insert(pause).values({ id: event.id, until, ...placeOf(event) });
});

ponder.on('TonneRegistry:OwnershipTransferred', async ({ event, context: { db } }) => {
  await appoint(db, event, 'admin', event.args.newOwner);
});

ponder.on('TonnePlans:OwnershipTransferred', async ({ event, context: { db } }) => {
  await appoint(db, event, 'operator', event.args.newOwner);
});

ponder.on('TonnePlans:TreasurySet', async ({ event, context: { db } }) => {
  await appoint(db, event, 'treasury', event.args.treasury);
});

ponder.on('TonnePlans:ArbiterSet', async ({ event, context: { db } }) => {
  await appoint(db, event, 'arbiter', event.args.arbiter);
});

/** Adds a line to the accreditations of a wallet. */
export async function recordAccreditation(
  db: Db,
  event: Accredited,
  address: Hex,
  role: WalletRole,
): Promise<void> {
  const { from: accreditedFrom, until: accreditedUntil } = event.args;
  const row = { id: event.id, address, role, accreditedFrom, accreditedUntil };
  await db.insert(accreditation).values({ ...row, ...placeOf(event) });
}

async function appoint(db: Db, event: OfficeEvent, name: Office, holder: Hex): Promise<void> {
  const now = { holder, ...placeOf(event) };
  await db.insert(officeChange).values({ id: event.id, name, ...now });
  await db
    .insert(office)
    .values({ name, ...now })
    .onConflictDoUpdate(now);
}
