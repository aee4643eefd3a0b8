import type { Session } from '../../store/database/database.ts';
import { enterTenant, leaveTenant } from '../../store/database/tenant.ts';
import type { SecondFactorRow } from '../../store/tables/schema.ts';
import { appendAudit } from '../audit/store.ts';
import { readMemberships } from '../organisations/store.ts';
import { readFactors } from './factorStore.ts';
import type { Account } from './store.ts';

/** What happened to a second factor of a wallet. */
export interface FactorChange {
  readonly action: 'second-factor.on' | 'second-factor.off';
  readonly kind: SecondFactorRow['kind'];
  readonly at: number;
}

/**
 * Writes it into the log of every organisation that the wallet is a member of, in the transaction that changes
 * the factor: a factor is the wallet's, and guards what it may do in each of them. They are entered one after
 * the other in one order, so that two wallets never wait for each other's logs.
 */
export async function noteFactor(
  session: Session,
  { id, address }: Account,
  { action, kind, at }: FactorChange,
): Promise<void> {
  const left = (await readFactors(session, id)).length;
  for (const { organisation } of await readMemberships(session, id)) {
    const tenant = await enterTenant(session, organisation.organisationId);
    await appendAudit(tenant, {
      ...{ actor: `wallet:${address}`, at, action, subject: address },
      detail: { kind, turnedOn: left },
    });
    await leaveTenant(session);
  }
}
