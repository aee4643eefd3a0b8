import { useState, type ReactNode } from 'react';
import type { Address, PublicClient } from 'viem';
import { useSignTypedData } from 'wagmi';
import {
  fetchNonce,
  PERMIT_TYPES,
  toPermit,
  type Permit,
  type PermitDomain,
} from '../../chain/index.ts';
import { explain } from '../../errors/index.ts';
import { Reason } from '../../transactions/index.ts';
import { coins, Facts, Moment } from '../../ui/index.ts';
import type { Purchase } from './purchase.ts';

/** How long a signed permission can be used, seconds. */
const VALID_SECONDS = 1_800n;

interface PermitStepProps {
  readonly client: PublicClient;
  readonly purchase: Purchase;
  readonly account: Address;
  readonly domain: PermitDomain;
  readonly onSigned: (permit: Permit) => void;
  readonly onClose: () => void;
}

/** What the wallet signs. A chain whose clock is ahead gets a deadline of its own. */
async function messageOf(
  client: PublicClient,
  { token, most, later, payee }: Purchase,
  owner: Address,
  validUntil: bigint,
) {
  const { timestamp } = await client.getBlock();
  const least = timestamp + VALID_SECONDS;
  const deadline = least > validUntil ? least : validUntil;
  const nonce = await fetchNonce(client, token.address, owner);
  return { owner, spender: payee.address, value: most + later, nonce, deadline };
}

/** The permission to take the price: signed, sent together with the payment, and free of fees. */
export function PermitStep(props: PermitStepProps): ReactNode {
  const { client, purchase, account, domain, onSigned, onClose } = props;
  const { token, most, later, payee } = purchase;
  const { mutateAsync } = useSignTypedData();
  const [signing, setSigning] = useState(false);
  const [error, setError] = useState<unknown>();
  const [validUntil] = useState(() => BigInt(Math.floor(Date.now() / 1000)) + VALID_SECONDS);
  const sign = async (): Promise<void> => {
    setSigning(true);
    setError(undefined);
    try {
      const message = await messageOf(client, purchase, account, validUntil);
      const data = { domain, types: PERMIT_TYPES, primaryType: 'Permit', message } as const;
      const signature = await mutateAsync({ ...data, account });
      onSigned(toPermit(message.value, message.deadline, signature));
    } catch (caught) {
      setError(caught);
    } finally {
      setSigning(false);
    }
  };
  return (
    <div className="stack-small">
      <h3>First: a permission, without a fee</h3>
      <Facts
        items={[
          {
            label: `${payee.name} may take`,
            value: `up to ${coins(most + later, token)}`,
          },
          ...(later === 0n
            ? []
            : [
                { label: 'Of that now', value: `at most ${coins(most, token)}` },
                { label: 'Of that for renewals', value: `at most ${coins(later, token)}` },
              ]),
          { label: 'To be used by', value: <Moment at={Number(validUntil)} /> },
          { label: 'Contract', value: payee.address, wide: true },
        ]}
      />
      {error !== undefined && <Reason title="Not signed" reason={explain(error)} />}
      {signing && <p role="status">Waiting for the wallet: sign there …</p>}
      <div className="row">
        <button type="button" className="button" disabled={signing} onClick={() => void sign()}>
          Sign the permission
        </button>
        <button type="button" className="button button-quiet" onClick={onClose}>
          Close
        </button>
      </div>
    </div>
  );
}
