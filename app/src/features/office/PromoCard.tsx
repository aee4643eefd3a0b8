import {
  encodePromoCode,
  PROMO_TYPES,
  subscriptionsDomainOf,
  toPromoMessage,
  toPromoText,
  type Promo,
} from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useSignTypedData } from 'wagmi';
import type { Plan } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useChainNow } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import { planName } from '../../plans/index.ts';
import { Reason } from '../../transactions/index.ts';
import { Card, Hash, SelectField, TextField, TimeField } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { EMPTY_PROMO, toPromoTerms, type PromoDraft, type PromoTerms } from './promoDraft.ts';

interface PromoCardProps {
  readonly contract: Address;
  readonly account: Address;
  readonly plans: readonly Plan[];
}

/** A code that was signed: to be passed on as text, or as a link. */
function Signed(props: { readonly promo: Promo }): ReactNode {
  const text = toPromoText(props.promo);
  const plan = props.promo.planId === 0 ? '' : `/${props.promo.planId}`;
  return (
    <div className="stack-small" role="status">
      <h3>Signed: whoever has it can use it</h3>
      <Hash value={text} what="promo code" full />
      {plan !== '' && (
        <Hash value={`${location.origin}/plans${plan}?promo=${text}`} what="link" full />
      )}
    </div>
  );
}

interface FieldsProps {
  readonly draft: PromoDraft;
  readonly plans: readonly Plan[];
  readonly problems: Readonly<Partial<Record<keyof PromoDraft, string>>>;
  readonly onChange: (part: Partial<PromoDraft>) => void;
}

function Fields({ draft, plans, problems, onChange }: FieldsProps): ReactNode {
  const line = (name: keyof PromoDraft, label: string, hint: string): ReactNode => (
    <TextField
      label={label}
      hint={hint}
      value={draft[name]}
      onChange={(value) => onChange({ [name]: value })}
      error={problems[name]}
    />
  );
  return (
    <>
      {line('code', 'Code', 'A word of up to 32 bytes')}
      {line('percent', 'Percent off', '1 to 90')}
      <SelectField
        label="For the plan"
        value={draft.planId}
        onChange={(planId) => onChange({ planId })}
        options={[
          { value: '0', label: 'Any with this signer' },
          ...plans.map(({ id }) => ({ value: String(id), label: planName(id, plans) })),
        ]}
      />
      <TimeField
        label="Valid until, UTC"
        value={draft.expiresAt}
        onChange={(expiresAt) => onChange({ expiresAt })}
        error={problems.expiresAt}
      />
      {line('totalLimit', 'Uses in all', '0 has no limit')}
      {line('walletLimit', 'Uses by a wallet', '1 to 15')}
      {line('wallet', 'Only for the wallet', 'Empty: for anyone')}
    </>
  );
}

/** Has the wallet sign what a code says. */
function useSigner(contract: Address, account: Address): (terms: PromoTerms) => Promise<Promo> {
  const { chainId } = useDeployment();
  const { mutateAsync } = useSignTypedData();
  return async (terms) => {
    const unsigned: Promo = { ...terms, code: encodePromoCode(terms.code), signature: '0x' };
    const signature = await mutateAsync({
      account,
      domain: subscriptionsDomainOf(chainId, contract),
      types: PROMO_TYPES,
      primaryType: 'Promo',
      message: toPromoMessage(unsigned),
    });
    return { ...unsigned, signature };
  };
}

/** Signs promo codes. Nothing is sent: the chain learns of a code when somebody pays with it. */
export function PromoCard({ contract, account, plans }: PromoCardProps): ReactNode {
  const sign = useSigner(contract, account);
  const rightNetwork = useRightNetwork();
  const now = useChainNow(10_000);
  const [draft, setDraft] = useState<PromoDraft>(EMPTY_PROMO);
  const [tried, setTried] = useState(false);
  const [promo, setPromo] = useState<Promo>();
  const [error, setError] = useState<unknown>();
  const signed = plans.filter(({ promoSigner }) => isAddressEqual(promoSigner, account));
  if (signed.length === 0) return null;
  const checked = toPromoTerms(draft, now);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!checked.ok) return;
    setError(undefined);
    try {
      setPromo(await sign(checked.value));
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Card title="Promo codes">
      <p className="small">
        This wallet signs them for {signed.map(({ id }) => planName(id, plans)).join(', ')}. Signing
        costs nothing and tells nobody.
      </p>
      <form
        className="form form-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Fields
          draft={draft}
          plans={signed}
          problems={tried && !checked.ok ? checked.problems : {}}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        <div className="form-actions">
          <button type="submit" className="button" disabled={!rightNetwork}>
            Sign the code
          </button>
        </div>
      </form>
      {error !== undefined && <Reason title="Not signed" reason={explain(error)} />}
      {promo !== undefined && <Signed promo={promo} />}
    </Card>
  );
}
