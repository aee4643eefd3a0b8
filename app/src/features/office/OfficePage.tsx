import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import type { Office, PaymentToken, Plan } from '../../chain/index.ts';
import { useOffice, usePaymentTokens, usePlans, useSubscriptionSource } from '../../data/index.ts';
import { WhereSold } from '../../plans/index.ts';
import { Badge, Notice, Page, QueryView } from '../../ui/index.ts';
import { DisputesCard } from './DisputesCard.tsx';
import { MoneyCard } from './MoneyCard.tsx';
import { PlansCard } from './PlansCard.tsx';
import { PromoCard } from './PromoCard.tsx';
import { roleOf, type Role } from './role.ts';

function RoleNote({ role }: { readonly role: Role }): ReactNode {
  if (role.operator || role.arbiter) {
    return (
      <p className="row">
        Your wallet is {role.operator && <Badge tone="good">operator</Badge>}
        {role.arbiter && <Badge tone="good">arbiter</Badge>}
      </p>
    );
  }
  return (
    <Notice tone="plain" title="These are facts that anyone may read">
      <p className="small">Only the wallets of operator and arbiter can act on them.</p>
    </Notice>
  );
}

interface LoadedProps {
  readonly plans: readonly Plan[];
  readonly tokens: readonly PaymentToken[];
  readonly office: Office;
}

function Loaded({ plans, tokens, office }: LoadedProps): ReactNode {
  const { address } = useConnection();
  const contracts = useSubscriptionSource();
  if (contracts === undefined) return null;
  const role = roleOf(office, address);
  const shared = { contracts, role, account: address };
  return (
    <>
      <RoleNote role={role} />
      <PlansCard {...shared} plans={plans} />
      <MoneyCard {...shared} tokens={tokens} office={office} />
      {address !== undefined && (
        <PromoCard contract={contracts.subscriptions} account={address} plans={plans} />
      )}
      <DisputesCard {...shared} tokens={tokens} />
    </>
  );
}

/** Where the sale is run: everyone reads, the wallets with a role act. */
export function OfficePage(): ReactNode {
  const plans = usePlans();
  const tokens = usePaymentTokens();
  const office = useOffice();
  return (
    <Page
      title="Operator and arbiter"
      lead="Who sells what, in which tokens, and who decides disputes."
    >
      <WhereSold>
        <QueryView query={plans} what="plans">
          {(all) => (
            <QueryView query={tokens} what="tokens">
              {(accepted) => (
                <QueryView query={office} what="roles">
                  {(who) => <Loaded plans={all} tokens={accepted} office={who} />}
                </QueryView>
              )}
            </QueryView>
          )}
        </QueryView>
      </WhereSold>
    </Page>
  );
}
