import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { isCoin, type PaymentToken } from '../../chain/index.ts';
import { usePurse } from '../../data/index.ts';
import { ChoiceField, coinsDown } from '../../ui/index.ts';

function Balance(props: { readonly account: Address; readonly token: PaymentToken }): ReactNode {
  const { account, token } = props;
  const { data: purse } = usePurse(account, token);
  if (purse === undefined) return 'Balance …';
  // In a narrow choice the unit may have a line of its own.
  return `You have ${coinsDown(purse.balance, token).replace('\u00a0', ' ')}`;
}

interface TokenChoiceProps {
  readonly account: Address | undefined;
  readonly tokens: readonly PaymentToken[];
  readonly value: number;
  readonly onChange: (tokenId: number) => void;
  /** The only one that can be taken, where a term runs in it. */
  readonly only: number | undefined;
}

/** What to pay in, with what the wallet holds of each. */
export function TokenChoice(props: TokenChoiceProps): ReactNode {
  const { account, tokens, value, onChange, only } = props;
  const note = (token: PaymentToken): ReactNode => {
    if (token.status !== 'accepted') return 'Not taken now';
    if (only !== undefined && only !== token.id) return 'The running term is in another token';
    if (account === undefined) return isCoin(token) ? 'The coin of the network' : 'A dollar token';
    return <Balance account={account} token={token} />;
  };
  return (
    <ChoiceField
      legend="Pay in"
      value={String(value)}
      onChange={(id) => onChange(Number(id))}
      options={tokens
        .filter(({ status }) => status !== 'retired')
        .map((token) => ({
          value: String(token.id),
          label: token.symbol,
          note: note(token),
          disabled: token.status !== 'accepted' || (only !== undefined && only !== token.id),
        }))}
    />
  );
}
