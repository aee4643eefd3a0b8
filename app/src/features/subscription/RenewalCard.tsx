import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { isCoin, type Plan } from '../../chain/index.ts';
import { usePurse } from '../../data/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import { Card, coins, Facts, parseCoins, TextField, usd } from '../../ui/index.ts';
import { capOf, checkCap } from '../checkout/index.ts';
import { approveTransaction, subscriptionPayee } from '../payment/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { DirectDialog } from './HandOver.tsx';
import { capTransaction, type Held } from './transactions.ts';

interface FieldFormProps {
  readonly label: string;
  readonly hint: string;
  readonly start: string;
  readonly problemOf: (typed: string) => string | undefined;
  readonly onReview: (typed: string) => void;
}

function FieldForm({ label, hint, start, problemOf, onReview }: FieldFormProps): ReactNode {
  const [typed, setTyped] = useState(start);
  const [tried, setTried] = useState(false);
  const problem = problemOf(typed);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem === undefined) onReview(typed);
      }}
    >
      <TextField
        label={label}
        hint={hint}
        inputMode="decimal"
        value={typed}
        onChange={setTyped}
        error={tried ? problem : undefined}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Review
        </button>
      </div>
    </form>
  );
}

interface RenewalCardProps {
  readonly held: Held;
  readonly plan: Plan;
  readonly account: Address;
}

type Doing = 'cap' | 'stop' | 'allow';

type DoingProps = RenewalCardProps & { readonly onClose: () => void };

function CapDialog({ held, plan, account, onClose }: DoingProps): ReactNode {
  const problemOf = (typed: string): string | undefined => {
    const checked = checkCap(typed);
    return checked.ok ? undefined : checked.problem;
  };
  return (
    <TransactionDialog
      title="Renew automatically"
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <FieldForm
          label="Cap in US dollars"
          hint="A term that costs more is not paid; one that costs less is."
          start={capOf(priceOf(held, plan))}
          problemOf={problemOf}
          onReview={(typed) => {
            const checked = checkCap(typed);
            if (checked.ok) onReview(capTransaction(held, checked.value));
          }}
        />
      )}
    />
  );
}

function AllowDialog({ held, plan, account, onClose }: DoingProps): ReactNode {
  const { contract, token } = held;
  const problemOf = (typed: string): string | undefined => {
    const amount = parseCoins(typed, token.decimals);
    return typeof amount === 'string' ? amount : undefined;
  };
  return (
    <TransactionDialog
      title={`Allow ${token.symbol}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <FieldForm
          label={`Amount in ${token.symbol}`}
          hint="What the contract may take in all; it takes only prices of terms, when they are due."
          start={allowanceStart(held, plan)}
          problemOf={problemOf}
          onReview={(typed) => {
            const amount = parseCoins(typed, token.decimals);
            if (typeof amount === 'string') return;
            onReview(approveTransaction(token, subscriptionPayee(contract), amount));
          }}
        />
      )}
    />
  );
}

function priceOf({ subscription }: Held, plan: Plan): bigint {
  return subscription.yearly ? plan.yearlyUsd : plan.monthlyUsd;
}

/** A year of a pegged token; of one that a feed prices the person says how much. */
function allowanceStart(held: Held, plan: Plan): string {
  if (BigInt(held.token.feed) !== 0n) return '';
  return capOf(priceOf(held, plan) * (held.subscription.yearly ? 1n : 12n));
}

/** Who may renew, up to which price, and how far the allowance goes. */
export function RenewalCard(props: RenewalCardProps): ReactNode {
  const { held, account } = props;
  const { subscription, token } = held;
  const { data: purse } = usePurse(account, token);
  const rightNetwork = useRightNetwork();
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  if (isCoin(token)) {
    return (
      <Card title="Automatic renewal">
        <p>
          {token.symbol} can’t be collected: renew from your wallet. When the paid time is over you
          can pay in a token, and have it renewed automatically.
        </p>
      </Card>
    );
  }
  const on = subscription.capCents > 0;
  const button = (what: Doing, label: string): ReactNode => (
    <button
      type="button"
      className="button button-quiet"
      disabled={!rightNetwork}
      onClick={() => setDoing(what)}
    >
      {label}
    </button>
  );
  return (
    <Card title="Automatic renewal">
      <p className="small">
        Anyone may have the contract collect the next term from your allowance, from a day before
        the end, and gets {token.bountyPercentE2 / 100} % of it out of the price. It is never paid
        above your cap.
      </p>
      <Facts
        items={[
          { label: 'Cap', value: on ? usd(BigInt(subscription.capCents) * 10_000n) : 'off' },
          { label: 'Allowed', value: purse === undefined ? '…' : coins(purse.allowance, token) },
          { label: 'Balance', value: purse === undefined ? '…' : coins(purse.balance, token) },
        ]}
      />
      <div className="row">
        {button('cap', on ? 'Change the cap' : 'Turn it on')}
        {on && button('stop', 'Turn it off')}
        {button('allow', 'Set the allowance')}
      </div>
      {doing === 'cap' && <CapDialog {...props} onClose={close} />}
      {doing === 'allow' && <AllowDialog {...props} onClose={close} />}
      {doing === 'stop' && (
        <DirectDialog transaction={capTransaction(held, 0)} account={account} onClose={close} />
      )}
    </Card>
  );
}
