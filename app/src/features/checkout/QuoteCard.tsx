import type { ReactNode } from 'react';
import type { Order, PaymentToken, Quote } from '../../chain/index.ts';
import { explain } from '../../errors/index.ts';
import { discountName, nextTermText, periodName } from '../../plans/index.ts';
import { Reason } from '../../transactions/index.ts';
import { Card, coins, date, Ledger, Loading, usd } from '../../ui/index.ts';

interface QuoteCardProps {
  readonly quote: Quote | undefined;
  readonly error: Error | null;
  readonly order: Order;
  readonly token: PaymentToken;
  /** Takes what the quote was refused for out of the order: a promo code, a referrer. */
  readonly onDrop: (part: 'promo' | 'referrer') => void;
  /** The button that pays. */
  readonly children: ReactNode;
}

/** What of the order a refusal is about, where the person can take it out. */
export function culpritOf(code: string): 'promo' | 'referrer' | undefined {
  if (code.startsWith('PROMO_')) return 'promo';
  return code.startsWith('REFERR') ? 'referrer' : undefined;
}

function Refused(props: {
  readonly error: Error;
  readonly onDrop: QuoteCardProps['onDrop'];
}): ReactNode {
  const reason = explain(props.error);
  const culprit = culpritOf(reason.code);
  return (
    <>
      <Reason title="No price" reason={reason} />
      {culprit !== undefined && (
        <p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => props.onDrop(culprit)}
          >
            Go on without the {culprit === 'promo' ? 'code' : 'referrer'}
          </button>
        </p>
      )}
    </>
  );
}

/** Line by line, from the list price to what is paid now. */
function Calculation(props: { readonly quote: Quote } & Pick<QuoteCardProps, 'order' | 'token'>) {
  const { quote, order, token } = props;
  const off = quote.listUsd - quote.priceUsd;
  return (
    <Ledger
      lines={[
        { label: `List price, ${periodName(order.yearly)}`, value: usd(quote.listUsd) },
        {
          label:
            off === 0n
              ? 'Discount'
              : `Discount: ${discountName(quote.discount)}, ${quote.percent} %`,
          value: off === 0n ? 'none applies' : usd(-off),
        },
        { label: 'Price, without tax', value: usd(quote.priceUsd), result: true },
        ...(order.instalments > 1
          ? [{ label: `Instalment 1 of ${order.instalments}`, value: usd(quote.dueUsd) }]
          : []),
        ...(quote.carried > 0n
          ? [{ label: 'Unused value carried over', value: `−${coins(quote.carried, token)}` }]
          : []),
      ]}
    />
  );
}

function Afterwards({ quote, order }: Pick<QuoteCardProps, 'order'> & { readonly quote: Quote }) {
  const paidByCarried = quote.carried > 0n && quote.amount === 0n;
  return (
    <div className="stack-small small">
      <p>
        Paid until <strong>{date(quote.until)}</strong>
        {paidByCarried ? ', as long as the unused value lasts at this price' : ''}.{' '}
        {nextTermText(quote, 'The next term')}
      </p>
      <p className="muted">
        {order.capCents > 0
          ? `Renewed automatically while a term costs no more than ${usd(BigInt(order.capCents) * 10_000n)}.`
          : 'Not renewed automatically: five days of grace after the end, then Free.'}
      </p>
    </div>
  );
}

/** Exactly what it costs and why, before anything is signed. */
export function QuoteCard(props: QuoteCardProps): ReactNode {
  const { quote, error, order, token, onDrop, children } = props;
  return (
    <Card title="What it costs">
      {error !== null && <Refused error={error} onDrop={onDrop} />}
      {error === null && quote === undefined && <Loading what="price" />}
      {error === null && quote !== undefined && (
        <>
          <Calculation quote={quote} order={order} token={token} />
          <div className="quote-total" role="status">
            <span className="small muted">You pay now</span>
            <strong>{coins(quote.amount, token)}</strong>
            {quote.sendAmount > quote.amount && (
              <span className="small muted">
                1 % more is sent, as the price of {token.symbol} moves; what is not needed comes
                back in the same transaction.
              </span>
            )}
          </div>
          <Afterwards quote={quote} order={order} />
          {children}
        </>
      )}
    </Card>
  );
}
