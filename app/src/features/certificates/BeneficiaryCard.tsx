import { commitmentTo } from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Hex } from 'viem';
import { useConnection } from 'wagmi';
import type { Retirement } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, Dialog, Facts, Hash, Notice, TextField } from '../../ui/index.ts';
import { findSecret, isSalt, secretIn, toFragment, type Secret } from '../../dedication/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { revealTransaction } from './reveal.ts';

interface RevealProps {
  readonly retirement: Retirement;
  readonly secret: Secret;
  readonly onReveal: (transaction: Transaction) => void;
}

/** Only for the wallet that it is in the name of. */
function RevealButton({ retirement, secret, onReveal }: RevealProps): ReactNode {
  const { address } = useConnection();
  const { market } = useDeployment();
  const rightNetwork = useRightNetwork();
  if (address === undefined || market === undefined) return null;
  if (!isAddressEqual(address, retirement.account) || retirement.certificate === undefined) {
    return null;
  }
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={!rightNetwork}
      onClick={() => onReveal(revealTransaction(market.certificates, retirement.id, secret))}
    >
      Write it on the certificate
    </button>
  );
}

function Proven(props: RevealProps): ReactNode {
  const { secret } = props;
  const link = `${location.origin}${location.pathname}#${toFragment(secret)}`;
  return (
    <>
      <Notice tone="good" role="status" title={`It was for ${secret.beneficiary}`}>
        <p className="small">
          This name and its salt give exactly the commitment that was made at the retirement.
        </p>
      </Notice>
      <Facts
        items={[
          { label: 'Salt', value: <Hash value={secret.salt} what="salt" full />, wide: true },
          {
            label: 'Link that tells whoever opens it',
            value: <Hash value={link} what="link" full />,
            wide: true,
          },
        ]}
      />
      <div className="row">
        <RevealButton {...props} />
      </div>
    </>
  );
}

/** Name and salt from somebody who knows them. Nothing that is typed here leaves the browser. */
function ProofForm(props: {
  readonly commitment: Hex;
  readonly onProven: (secret: Secret) => void;
}): ReactNode {
  const [beneficiary, setBeneficiary] = useState('');
  const [salt, setSalt] = useState('');
  const [problem, setProblem] = useState<string>();
  const check = (): void => {
    const typed = salt.trim();
    if (!isSalt(typed)) {
      setProblem('A salt is 0x and 64 hex digits.');
    } else if (commitmentTo(beneficiary.trim(), typed) === props.commitment) {
      props.onProven({ beneficiary: beneficiary.trim(), salt: typed });
    } else {
      setProblem('Name and salt are not those that were committed to. Capitals and spaces count.');
    }
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <TextField label="Beneficiary" value={beneficiary} onChange={setBeneficiary} required />
      <TextField
        label="Salt"
        placeholder="0x…"
        value={salt}
        onChange={setSalt}
        error={problem}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Check whom it was for
        </button>
      </div>
    </form>
  );
}

interface PrivateProps {
  readonly retirement: Retirement;
  readonly commitment: Hex;
  readonly onReveal: RevealProps['onReveal'];
}

function Private({ retirement, commitment, onReveal }: PrivateProps): ReactNode {
  const [secret, setSecret] = useState(
    () => secretIn(location.hash, commitment) ?? findSecret(commitment),
  );
  if (secret !== undefined) {
    return <Proven retirement={retirement} secret={secret} onReveal={onReveal} />;
  }
  return (
    <>
      <p>
        The name is kept private. Whoever was told name and salt can check here; nothing that you
        type leaves this browser.
      </p>
      <ProofForm commitment={commitment} onProven={setSecret} />
      <Facts
        items={[
          {
            label: 'Commitment',
            value: <Hash value={commitment} what="commitment" full />,
            wide: true,
          },
        ]}
      />
    </>
  );
}

/** Whom a private retirement was for: proven, revealed, or to be checked. */
export function BeneficiaryCard({ retirement }: { readonly retirement: Retirement }): ReactNode {
  const { commitment, certificate } = retirement;
  const { address } = useConnection();
  // Kept here: what is revealed ends the proof, and what was done is still to be read.
  const [transaction, setTransaction] = useState<Transaction>();
  const close = (): void => setTransaction(undefined);
  if (commitment === undefined) return null;
  const revealed = certificate?.revealedBeneficiary;
  return (
    <Card title="Whom it was for">
      {revealed === undefined ? (
        <Private retirement={retirement} commitment={commitment} onReveal={setTransaction} />
      ) : (
        <Notice tone="good" title={`Revealed on the chain: ${revealed}`} />
      )}
      {transaction !== undefined && address !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={address} onClose={close} />
        </Dialog>
      )}
    </Card>
  );
}
