import type { Promo } from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { PaymentToken, Renewal } from '../../chain/index.ts';
import { useChainNow, useRenewalQuote } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import { discountName, nextTermText } from '../../plans/index.ts';
import { Reason } from '../../transactions/index.ts';
import { coins, Dialog, Loading, Moment, usd, Ledger } from '../../ui/index.ts';
import { PromoField, TokenChoice } from '../checkout/index.ts';
import { PayDialog, type Purchase } from '../payment/index.ts';
import { partName, renewPurchase } from './renewal.ts';
import type { Held } from './transactions.ts';

interface RenewDialogProps {
  readonly held: Held;
  readonly tokens: readonly PaymentToken[];
  readonly account: Address;
  readonly onClose: () => void;
}

function Priced(props: {
  readonly held: Held;
  readonly account: Address;
  readonly renewal: Renewal;
  readonly onPay: (purchase: Purchase) => void;
}): ReactNode {
  const { held, account, renewal, onPay } = props;
  const { data: quote, error } = useRenewalQuote(account, renewal);
  if (error !== null) return <Reason title="No price" reason={explain(error)} />;
  if (quote === undefined) return <Loading what="price" />;
  const off = quote.listUsd - quote.priceUsd;
  const parts = held.subscription.instalmentsLeft > 0;
  return (
    <>
      <Ledger
        lines={[
          { label: 'List price of the term', value: usd(quote.listUsd) },
          {
            label:
              off === 0n
                ? 'Discount'
                : `Discount: ${discountName(quote.discount)}, ${quote.percent} %`,
            value: off === 0n ? 'none applies' : usd(-off),
          },
          { label: `Due now: ${partName(held)}`, value: usd(quote.dueUsd), result: true },
        ]}
      />
      <p className="small">
        Paid until <Moment at={quote.until} />: added to the end, no day is lost.{' '}
        {nextTermText(quote, parts ? 'The next term' : 'The term after that')}
      </p>
      <button
        type="button"
        className="button"
        onClick={() => onPay(renewPurchase(held, renewal, quote))}
      >
        Review and pay {coins(quote.amount, held.token)}
      </button>
    </>
  );
}

/** Pays the next term or instalment: in another token only once the paid time has run out. */
export function RenewDialog({ held, tokens, account, onClose }: RenewDialogProps): ReactNode {
  const [kept] = useState(held);
  const { subscription } = kept;
  const now = useChainNow(60_000);
  const over = subscription.state === 'trial' || now >= subscription.until;
  const [tokenId, setTokenId] = useState(kept.token.id);
  const [promo, setPromo] = useState<Promo>();
  const [purchase, setPurchase] = useState<Purchase>();
  if (purchase !== undefined) {
    return <PayDialog purchase={purchase} account={account} onClose={onClose} />;
  }
  const token = tokens.find(({ id }) => id === tokenId) ?? kept.token;
  return (
    <Dialog title="Renew" onClose={onClose}>
      <TokenChoice
        account={account}
        tokens={tokens}
        value={tokenId}
        onChange={setTokenId}
        only={over ? undefined : kept.token.id}
      />
      {subscription.instalmentsLeft === 0 && <PromoField promo={promo} onChange={setPromo} />}
      <Priced
        held={{ ...kept, token }}
        account={account}
        renewal={{ tokenId, promo }}
        onPay={setPurchase}
      />
    </Dialog>
  );
}
