import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { PaymentToken, Plan, Subscription } from '../../chain/index.ts';
import {
  useChainNow,
  usePaymentTokens,
  usePlans,
  useSubscription,
  useSubscriptionSource,
} from '../../data/index.ts';
import { WhereSold } from '../../plans/index.ts';
import { Card, Empty, Page, QueryView } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { ActionsCard } from './ActionsCard.tsx';
import { DisputeCard } from './DisputeCard.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { KeptCard } from './KeptCard.tsx';
import { OffersCard } from './OffersCard.tsx';
import { ReceiptsCard } from './ReceiptsCard.tsx';
import { RemindersCard } from './RemindersCard.tsx';
import { RenewalCard } from './RenewalCard.tsx';
import { RightsCard } from './RightsCard.tsx';
import { StatusCard } from './StatusCard.tsx';

/** The rights of a dispute end by the clock. */
const CLOCK_MS = 10_000;

function NotConnected(): ReactNode {
  return (
    <Card>
      <Empty title="No wallet is connected">
        <p>Connect the wallet that pays for your organisation.</p>
        <WalletMenuButton />
      </Empty>
    </Card>
  );
}

interface MineProps {
  readonly account: Address;
  readonly subscription: Subscription;
  readonly plans: readonly Plan[];
  readonly tokens: readonly PaymentToken[];
}

function Mine({ account, subscription, plans, tokens }: MineProps): ReactNode {
  const contract = useSubscriptionSource()?.subscriptions;
  const now = useChainNow(CLOCK_MS);
  const token = tokens.find(({ id }) => id === subscription.tokenId);
  const plan = plans.find(({ id }) => id === subscription.planId);
  if (contract === undefined) return null;
  const { state } = subscription;
  const held = token === undefined ? undefined : { contract, subscription, token };
  const over = state === 'free' || state === 'ended';
  const entitled = !over && now < subscription.endsAt;
  const rights = plans.find(({ id }) => id === (entitled ? subscription.planId : 0));
  const runs = !over && state !== 'disputed';
  return (
    <>
      <KeptCard contract={contract} account={account} tokens={tokens} />
      <OffersCard contract={contract} account={account} />
      <StatusCard subscription={subscription} plans={plans} token={token} />
      {rights !== undefined && <RightsCard account={account} plan={rights} />}
      <DisputeCard
        account={account}
        tokens={tokens}
        openIn={state === 'disputed' ? subscription.tokenId : undefined}
      />
      {held !== undefined && <ActionsCard held={held} tokens={tokens} account={account} />}
      {held !== undefined && plan !== undefined && runs && (
        <RenewalCard held={held} plan={plan} account={account} />
      )}
      <RemindersCard />
      <ReceiptsCard contract={contract} account={account} plans={plans} tokens={tokens} />
      <HistoryCard account={account} plans={plans} tokens={tokens} />
    </>
  );
}

function Loaded({ account }: { readonly account: Address }): ReactNode {
  const subscription = useSubscription(account);
  const plans = usePlans();
  const tokens = usePaymentTokens();
  return (
    <QueryView query={subscription} what="your subscription">
      {(found) => (
        <QueryView query={plans} what="plans">
          {(all) => (
            <QueryView query={tokens} what="tokens">
              {(accepted) => (
                <Mine account={account} subscription={found} plans={all} tokens={accepted} />
              )}
            </QueryView>
          )}
        </QueryView>
      )}
    </QueryView>
  );
}

/** What the connected wallet has, and everything that can be done with it. */
export function SubscriptionPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page title="My subscription" lead="What this wallet has, as the contract says it now.">
      <WhereSold>
        {address === undefined ? <NotConnected /> : <Loaded key={address} account={address} />}
      </WhereSold>
    </Page>
  );
}
