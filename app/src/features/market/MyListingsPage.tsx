import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { ListingRow } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useListings, useOwedWei } from '../../data/index.ts';
import { TransactionSteps } from '../../transactions/index.ts';
import { Card, coins, Dialog, Empty, MorePages, Notice, Page, QueryView } from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { ListingTable } from './ListingTable.tsx';
import { RelistDialog, UnlistDialog } from './OwnDialogs.tsx';
import { claimTransaction } from './transactions/own.ts';
import { useCurrencies } from './useCurrencies.ts';
import { WhereTraded } from './WhereTraded.tsx';

interface Own {
  readonly market: Address;
  readonly account: Address;
}

interface Doing {
  readonly what: 'unlist' | 'relist';
  readonly listing: ListingRow;
}

/** Coin that the wallet did not take at the time of a sale. */
function Owed({ market, account }: Own): ReactNode {
  const { data: amount = 0n } = useOwedWei(account);
  const token = useCurrencies().coin;
  const [transaction, setTransaction] = useState<ReturnType<typeof claimTransaction>>();
  const close = (): void => setTransaction(undefined);
  if (token === undefined || (amount === 0n && transaction === undefined)) return null;
  return (
    <Notice tone="warn" title={`${coins(amount, token)} wait for you in the market`}>
      <p>
        <button
          type="button"
          className="button button-small"
          onClick={() => setTransaction(claimTransaction(market, account, amount, token))}
        >
          Take them
        </button>
      </p>
      {transaction !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={account} onClose={close} />
        </Dialog>
      )}
    </Notice>
  );
}

function Actions(props: {
  readonly listing: ListingRow;
  readonly onStart: (doing: Doing) => void;
}): ReactNode {
  const { listing, onStart } = props;
  const disabled = !useRightNetwork();
  if (listing.leftGrams === 0n) return <span className="muted">none</span>;
  return (
    <div className="row">
      <button
        type="button"
        className="button button-small"
        disabled={disabled}
        onClick={() => onStart({ what: 'relist', listing })}
      >
        Change terms
      </button>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={disabled}
        onClick={() => onStart({ what: 'unlist', listing })}
      >
        Take out
      </button>
    </div>
  );
}

function Mine({ market, account }: Own): ReactNode {
  const seller = account.toLowerCase();
  const query = useListings({ seller }, { by: 'listedAt', direction: 'desc' });
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  const action = (listing: ListingRow): ReactNode => (
    <Actions listing={listing} onStart={setDoing} />
  );
  return (
    <Card title="My listings">
      <QueryView
        query={query}
        what="listings"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <Empty title="You have listed nothing">
            <p>
              Choose “Sell” beside a credit of <Link href="/credits">yours</Link>.
            </p>
          </Empty>
        }
      >
        {({ pages }) => (
          <>
            <ListingTable
              listings={pages.flatMap(({ items }) => items)}
              caption="What you have listed"
              action={action}
            />
            <MorePages query={query} what="listings" />
          </>
        )}
      </QueryView>
      {doing?.what === 'unlist' && (
        <UnlistDialog listing={doing.listing} market={market} account={account} onClose={close} />
      )}
      {doing?.what === 'relist' && (
        <RelistDialog listing={doing.listing} market={market} account={account} onClose={close} />
      )}
    </Card>
  );
}

/** What the connected wallet sells: change the price, take out, take what waits. */
export function MyListingsPage(): ReactNode {
  const { address } = useConnection();
  const { market } = useDeployment();
  return (
    <Page title="My listings" back={{ href: '/market', label: 'Market' }}>
      <WhereTraded>
        {address === undefined || market === undefined ? (
          <Empty title="No wallet is connected">
            <WalletMenuButton />
          </Empty>
        ) : (
          <>
            <Owed market={market.contract} account={address} />
            <Mine key={address} market={market.contract} account={address} />
          </>
        )}
      </WhereTraded>
    </Page>
  );
}
