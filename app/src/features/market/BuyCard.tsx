import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { ListingRow } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useChainNow, useRegistryState } from '../../data/index.ts';
import { Card, Empty, Moment, Notice } from '../../ui/index.ts';
import { keepSecret } from '../../dedication/index.ts';
import { PayDialog, type Purchase } from '../payment/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { BuyForm, type Wish } from './BuyForm.tsx';
import { stateOf } from './listing.ts';
import { buyAndRetirePurchase, buyPurchase } from './transactions/buy.ts';
import { useCurrencies } from './useCurrencies.ts';

interface BuyingProps {
  readonly listing: ListingRow;
  readonly market: Address;
  readonly account: Address;
  readonly onPay: (purchase: Purchase) => void;
}

function Buying({ listing, market, account, onPay }: BuyingProps): ReactNode {
  const token = useCurrencies()[listing.currency];
  const rightNetwork = useRightNetwork();
  if (token === undefined) return null;
  const review = ({ grams, dedication }: Wish): void => {
    const input = { market, row: listing, grams, token };
    if (dedication?.secret !== undefined) keepSecret(dedication.secret);
    onPay(dedication === undefined ? buyPurchase(input) : buyAndRetirePurchase(input, dedication));
  };
  return (
    <BuyForm
      listing={listing}
      token={token}
      account={account}
      disabled={!rightNetwork}
      onReview={review}
    />
  );
}

interface OfferProps {
  readonly listing: ListingRow;
  readonly account: Address | undefined;
  readonly onPay: (purchase: Purchase) => void;
}

/** The form to buy with, or why nothing can be bought. */
function Offer({ listing, account, onPay }: OfferProps): ReactNode {
  const { market } = useDeployment();
  const now = useChainNow(5_000);
  const { data: registry } = useRegistryState();
  const state = stateOf(listing, now);
  if (market === undefined) return null;
  if (registry !== undefined && registry.pausedUntil > now) {
    return (
      <Notice tone="warn" title="Sales are paused">
        <p className="small">
          Until <Moment at={registry.pausedUntil} />. Credits can be retired, and taken out of the
          market, at all times.
        </p>
      </Notice>
    );
  }
  if (state !== 'open') {
    const why = state === 'over' ? 'Its time is over.' : 'Everything was sold or taken out.';
    return <Notice tone="plain" title={`Nothing of this listing can be bought. ${why}`} />;
  }
  if (account === undefined) {
    return (
      <Card title="Buy">
        <Empty title="No wallet is connected">
          <WalletMenuButton />
        </Empty>
      </Card>
    );
  }
  if (isAddressEqual(account, listing.seller)) {
    return (
      <Notice tone="plain" title="This is your own listing">
        <p className="small">
          Change it under <Link href="/market/mine">my listings</Link>.
        </p>
      </Notice>
    );
  }
  return (
    <Card title="Buy">
      <Buying listing={listing} market={market.contract} account={account} onPay={onPay} />
    </Card>
  );
}

/** Buys of a listing, into the wallet or straight into a retirement. */
export function BuyCard({ listing }: { readonly listing: ListingRow }): ReactNode {
  const { address } = useConnection();
  // Kept here: who buys the last gram still reads what was bought.
  const [purchase, setPurchase] = useState<Purchase>();
  return (
    <>
      <Offer listing={listing} account={address} onPay={setPurchase} />
      {purchase !== undefined && address !== undefined && (
        <PayDialog purchase={purchase} account={address} onClose={() => setPurchase(undefined)} />
      )}
    </>
  );
}
