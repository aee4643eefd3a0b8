import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { PaymentToken } from '../../chain/index.ts';
import {
  useChainNow,
  usePaymentTokens,
  useReferralFigures,
  useReferrals,
  useSubscription,
  useSubscriptionSource,
} from '../../data/index.ts';
import { WhereSold } from '../../plans/index.ts';
import { referralLinkOf } from '../../referrer/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import {
  Badge,
  Card,
  coins,
  count,
  Dialog,
  Empty,
  Figures,
  Hash,
  Moment,
  MorePages,
  Page,
  QueryView,
  Table,
} from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { registerTransaction } from './transaction.ts';

/** Times in a query's key are cut to whole minutes, so that it is not asked anew each second. */
const MINUTE = 60;

function Register({ onClick }: { readonly onClick: () => void }): ReactNode {
  const rightNetwork = useRightNetwork();
  return (
    <>
      <p>
        This wallet can’t refer yet: only one that has paid or registered can. Registering costs the
        network fee alone, and from then on the wallet can’t be referred itself.
      </p>
      <p>
        <button type="button" className="button" disabled={!rightNetwork} onClick={onClick}>
          Register as a referrer
        </button>
      </p>
    </>
  );
}

function LinkCard({ account }: { readonly account: Address }): ReactNode {
  const source = useSubscriptionSource();
  const subscription = useSubscription(account);
  const [registering, setRegistering] = useState<Transaction>();
  if (source === undefined) return null;
  const close = (): void => setRegistering(undefined);
  return (
    <Card title="Your link">
      <QueryView query={subscription} what="your registration">
        {({ mayRefer }) =>
          mayRefer ? (
            <>
              <Hash value={referralLinkOf(location.origin, account)} what="referral link" full />
              <p className="small muted">
                Who comes by it and pays for the first time sends you 10 % of that payment, in the
                same transaction and in the same token.
              </p>
            </>
          ) : (
            <Register onClick={() => setRegistering(registerTransaction(source.subscriptions))} />
          )
        }
      </QueryView>
      {/* Out here it stays open when the wallet has become a referrer. */}
      {registering !== undefined && (
        <Dialog title={registering.title} onClose={close}>
          <TransactionSteps transaction={registering} account={account} onClose={close} />
        </Dialog>
      )}
    </Card>
  );
}

function FiguresCard(props: {
  readonly account: Address;
  readonly tokens: readonly PaymentToken[];
  readonly now: number;
}): ReactNode {
  const { account, tokens, now } = props;
  const figures = useReferralFigures(account, now);
  return (
    <Card title="Earnings">
      <QueryView query={figures} what="earnings">
        {({ lifetime, active, earnings }) => (
          <Figures
            items={[
              { label: 'Active referrals', quantity: { value: count(active), unit: '' } },
              { label: 'Referrals ever', quantity: { value: count(lifetime), unit: '' } },
              ...earnings.flatMap(({ tokenId, amount }) => {
                const token = tokens.find(({ id }) => id === tokenId);
                if (token === undefined) return [];
                const [value = '', unit = ''] = coins(amount, token).split('\u00a0');
                return [{ label: `Earned in ${token.symbol}`, quantity: { value, unit } }];
              }),
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}

function ReferralList(props: {
  readonly account: Address;
  readonly tokens: readonly PaymentToken[];
  readonly now: number;
}): ReactNode {
  const { account, tokens, now } = props;
  const query = useReferrals(account);
  return (
    <Card title="Who came by your link">
      <QueryView
        query={query}
        what="referrals"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nobody yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Referrals, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ subscriber }) => subscriber}
              columns={[
                {
                  header: 'Wallet',
                  cell: ({ subscriber }) => <Hash value={subscriber} what="wallet" />,
                },
                { header: 'First payment', cell: ({ at }) => <Moment at={at} /> },
                {
                  header: 'Now',
                  cell: ({ endsAt }) =>
                    endsAt > now ? (
                      <Badge tone="good">Active</Badge>
                    ) : (
                      <Badge tone="plain">Ended</Badge>
                    ),
                },
                {
                  header: 'You got',
                  numeric: true,
                  cell: ({ amount, tokenId }) => {
                    const token = tokens.find(({ id }) => id === tokenId);
                    return token === undefined ? String(amount) : coins(amount, token);
                  },
                },
              ]}
            />
            <MorePages query={query} what="referrals" />
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Mine({ account }: { readonly account: Address }): ReactNode {
  const { data: tokens = [] } = usePaymentTokens();
  const now = Math.floor(useChainNow(10_000) / MINUTE) * MINUTE;
  return (
    <>
      <LinkCard account={account} />
      <FiguresCard account={account} tokens={tokens} now={now} />
      <ReferralList account={account} tokens={tokens} now={now} />
    </>
  );
}

/** A referrer's link, and what came of it. */
export function ReferralsPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page
      title="Referrals"
      lead="Bring an organisation and get a tenth of its first payment at once."
    >
      <WhereSold>
        {address === undefined ? (
          <Card>
            <Empty title="No wallet is connected">
              <p>Connect the wallet that should be paid.</p>
              <WalletMenuButton />
            </Empty>
          </Card>
        ) : (
          <Mine key={address} account={address} />
        )}
      </WhereSold>
    </Page>
  );
}
