import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { RegistryState } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useChainNow } from '../../data/index.ts';
import { checkReceiver } from '../../forms/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, DateField, Dialog, SelectField, TextField } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { accreditTransaction, pauseTransaction, type JudgeRole } from './transactions.ts';

const DAY_S = 86_400;
/** As `Roles.sol`: no pause is longer. */
const MOST_PAUSE_DAYS = 14;
const ROLES: readonly { readonly value: JudgeRole; readonly label: string }[] = [
  { value: 'verifier', label: 'Verifier: gives opinions on batches' },
  { value: 'validator', label: 'Validator: validates projects' },
  { value: 'recomputer', label: 'Recomputer: a contract that recomputes batches' },
];

interface FormProps {
  readonly account: Address;
  readonly onReview: (transaction: Transaction) => void;
}

function AccreditForm({ account, onReview }: FormProps): ReactNode {
  const deployment = useDeployment();
  const rightNetwork = useRightNetwork();
  const [wallet, setWallet] = useState('');
  const [role, setRole] = useState<JudgeRole>('verifier');
  const [lastDay, setLastDay] = useState('');
  const [tried, setTried] = useState(false);
  const checked = checkReceiver(wallet, account);
  const end = Date.parse(`${lastDay}T00:00Z`) / 1000 + DAY_S - 1;
  const review = (): void => {
    setTried(true);
    if (!checked.ok || Number.isNaN(end)) return;
    onReview(accreditTransaction(deployment, { wallet: checked.value, role, until: end }));
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <h3>Accredit</h3>
      <TextField
        label="Wallet"
        hint="It must have had no part in anything here."
        placeholder="0x…"
        value={wallet}
        onChange={setWallet}
        error={tried && !checked.ok ? checked.problem : undefined}
        required
      />
      <SelectField
        label="Role"
        value={role}
        onChange={(value) => {
          const found = ROLES.find((each) => each.value === value);
          if (found !== undefined) setRole(found.value);
        }}
        options={ROLES}
      />
      <DateField label="Last day, UTC" value={lastDay} onChange={setLastDay} />
      {tried && Number.isNaN(end) && <p className="field-error">Choose the last day.</p>}
      <div className="row">
        <button type="submit" className="button" disabled={!rightNetwork}>
          Review the accreditation
        </button>
      </div>
    </form>
  );
}

function PauseForm(props: {
  readonly state: RegistryState;
  readonly onReview: (transaction: Transaction) => void;
}): ReactNode {
  const { registry } = useDeployment();
  const rightNetwork = useRightNetwork();
  const now = Math.floor(useChainNow(5_000));
  const paused = props.state.pausedUntil > now;
  const [days, setDays] = useState('1');
  const choices = [1, 3, 7, MOST_PAUSE_DAYS].map((each) => ({
    value: String(each),
    label: each === 1 ? '1 day' : `${each} days`,
  }));
  // A minute less than the most, since the clock of the chain goes on meanwhile.
  const until = paused ? now - 60 : now + Number(days) * DAY_S - 60;
  return (
    <div className="form">
      <h3>{paused ? 'Go on' : 'Pause'}</h3>
      {!paused && <SelectField label="For" value={days} onChange={setDays} options={choices} />}
      <div className="row">
        <button
          type="button"
          className="button button-quiet"
          disabled={!rightNetwork}
          onClick={() => props.onReview(pauseTransaction(registry, until, now))}
        >
          {paused ? 'Let submissions and sales go on' : 'Pause submissions and sales'}
        </button>
      </div>
    </div>
  );
}

/** What the admin alone can do here. */
export function AdminCard(props: {
  readonly state: RegistryState;
  readonly account: Address;
}): ReactNode {
  const { state, account } = props;
  const [transaction, setTransaction] = useState<Transaction>();
  const close = (): void => setTransaction(undefined);
  return (
    <Card title="For the admin">
      <AccreditForm account={account} onReview={setTransaction} />
      <PauseForm state={state} onReview={setTransaction} />
      {transaction !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={account} onClose={close} />
        </Dialog>
      )}
    </Card>
  );
}
