import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Hex } from 'viem';
import { useConnection } from 'wagmi';
import type { Period, SealedInventory } from '../../api/index.ts';
import type { Anchor } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useAnchor, useSignedIn } from '../../data/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import {
  Badge,
  Card,
  count,
  emissionsUp,
  Facts,
  Figures,
  Hash,
  Moment,
  Notice,
  QueryView,
  scopeName,
} from '../../ui/index.ts';
import { isAdmin, useOrganisation } from '../organisations/index.ts';
import { PeriodState } from './PeriodsPage.tsx';
import { anchorTransaction } from './transaction.ts';

interface SealedProps {
  readonly period: Period;
  readonly sealed: SealedInventory;
}

/** First what an anchor says, then the transaction of the wallet that sends it. */
function AnchorDialog(props: SealedProps & { readonly onClose: () => void }): ReactNode {
  const { period, sealed, onClose } = props;
  const { anchorId } = useOrganisation();
  const { inventoryAnchor } = useDeployment();
  const { address } = useConnection();
  if (inventoryAnchor === undefined || address === undefined) return null;
  return (
    <TransactionDialog
      title="Anchor the inventory"
      account={address}
      onClose={onClose}
      form={(onReview) => (
        <form
          className="stack-small"
          onSubmit={(event) => {
            event.preventDefault();
            onReview(anchorTransaction(inventoryAnchor, anchorId, period, sealed));
          }}
        >
          <p>
            Your wallet writes the root of this inventory to the chain, in its own name. An auditor
            has to know that the wallet is yours. Use the same one for each restatement.
          </p>
          <button type="submit" className="button">
            Review
          </button>
        </form>
      )}
    />
  );
}

/** What the chain says of the signed-in wallet's anchor. */
function AnchorState({ anchor, root }: { readonly anchor: Anchor; readonly root: Hex }): ReactNode {
  return anchor.root === root ? (
    <Notice tone="good" title="Anchored by your wallet">
      <p className="small">
        <Moment at={anchor.anchoredAt} />
      </p>
    </Notice>
  ) : (
    <Notice tone="bad" title="Your wallet anchored another root for this inventory">
      <p className="small wrap">{anchor.root}</p>
    </Notice>
  );
}

function NotAnchored({ onAnchor }: { readonly onAnchor: () => void }): ReactNode {
  const { role } = useOrganisation();
  const { address } = useConnection();
  const { address: anchorer } = useSignedIn();
  if (!isAdmin(role)) return <p className="small muted">Your wallet has not anchored it.</p>;
  if (address === undefined) return <p className="small">Connect your wallet to anchor it.</p>;
  if (!isAddressEqual(address, anchorer)) {
    return (
      <Notice tone="warn" title="Another wallet is in use than the one that anchors">
        <p className="small">
          Anchors of this page are those of the wallet that is signed in,{' '}
          <Hash value={anchorer} what="wallet" />: use it, or sign in with the other one.
        </p>
      </Notice>
    );
  }
  return (
    <div>
      <button type="button" className="button" onClick={onAnchor}>
        Anchor on the chain
      </button>
    </div>
  );
}

function Anchored({ period, sealed }: SealedProps): ReactNode {
  const { anchorId } = useOrganisation();
  const { address } = useSignedIn();
  const { inventoryAnchor } = useDeployment();
  // Held here, so that the dialog stays when the chain already says that it is anchored.
  const [open, setOpen] = useState(false);
  const { firstDay, lastDay } = period;
  const place = { anchorer: address, organisation: anchorId, firstDay, lastDay };
  const query = useAnchor({ ...place, number: sealed.number });
  if (inventoryAnchor === undefined) {
    return <Notice tone="plain" title="No inventories are anchored on this chain" />;
  }
  return (
    <>
      <QueryView query={query} what="anchor">
        {(anchor) =>
          anchor === null ? (
            <NotAnchored onAnchor={() => setOpen(true)} />
          ) : (
            <AnchorState anchor={anchor} root={sealed.root} />
          )
        }
      </QueryView>
      {open && <AnchorDialog period={period} sealed={sealed} onClose={() => setOpen(false)} />}
    </>
  );
}

/** An inventory as it was closed: totals, root, what it was computed with, and its anchor. */
export function SealedCard({ period, sealed }: SealedProps): ReactNode {
  const isNewest = sealed.number === period.number;
  const { factorSets, number } = sealed;
  const title = `${period.firstDay} to ${period.lastDay}`;
  return (
    <Card
      title={number === 0 ? title : `${title}, restatement ${number}`}
      aside={isNewest ? <PeriodState {...period} /> : <Badge tone="plain">Replaced</Badge>}
    >
      <Figures
        items={sealed.totals.map(({ scope, gwpSet, kgCo2e }) => ({
          label: scopeName(scope),
          quantity: emissionsUp(kgCo2e),
          note: gwpSet,
        }))}
      />
      <Facts
        items={[
          { label: 'Lines', value: count(sealed.lines) },
          { label: 'Engine', value: sealed.engineVersion },
          { label: 'Closed', value: <Moment at={sealed.closedAt} /> },
          { label: 'By', value: <span className="small wrap">{sealed.closedBy}</span> },
          ...(sealed.reason === undefined
            ? []
            : [{ label: 'Why it was restated', value: sealed.reason, wide: true }]),
          { label: 'Root', value: <Hash value={sealed.root} what="root" />, wide: true },
          {
            label: 'Hash of the factor sets',
            value: <Hash value={sealed.factorSetsHash} what="hash of the factor sets" />,
            wide: true,
          },
          {
            label: 'Factor sets',
            value: factorSets.length === 0 ? 'none' : factorSets.map(({ id }) => id).join(', '),
            wide: true,
          },
        ]}
      />
      <Anchored period={period} sealed={sealed} />
    </Card>
  );
}
