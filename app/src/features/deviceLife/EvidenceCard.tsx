import { domainOf, type WindowHeader } from '@truetonne/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useConnection } from 'wagmi';
import type { Device } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useEquivocation } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  energy,
  Facts,
  Hash,
  Moment,
  Notice,
  QueryView,
  type Fact,
} from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { DirectDialog } from './dialogs/DirectDialog.tsx';
import { examine, type Evidence, type HeaderPair } from './evidence.ts';
import { freezeTransaction } from './transactions/freeze.ts';

function factsOf(header: WindowHeader, hash: string): readonly Fact[] {
  return [
    { label: 'From', value: <Moment at={header.openedAt} /> },
    { label: 'Until', value: <Moment at={header.closedAt} /> },
    { label: 'Export register', value: <Amount {...energy(header.exportWh)} /> },
    { label: 'Import register', value: <Amount {...energy(header.importWh)} /> },
    { label: 'Readings', value: count(header.count) },
    { label: 'Hash of its header', value: <Hash value={hash} what="hash of the header" /> },
  ];
}

/** Two windows that one key signed under one number, beside each other. */
function SideBySide({ evidence }: { readonly evidence: Evidence }): ReactNode {
  const [a, b] = evidence.headers;
  const { sequence, headerHashA, headerHashB } = evidence.proven;
  return (
    <div className="compare">
      <section aria-label="One window" className="stack-small">
        <h3>Window {count(sequence)}</h3>
        <Facts items={factsOf(a, headerHashA)} />
      </section>
      <section aria-label="The other window" className="stack-small">
        <h3>Window {count(sequence)}, another one</h3>
        <Facts items={factsOf(b, headerHashB)} />
      </section>
    </div>
  );
}

interface FreezingProps {
  readonly evidence: Evidence;
  /** Then nothing is offered any more; an open dialog stays until it is closed. */
  readonly frozen: boolean;
}

function Freezing({ evidence, frozen }: FreezingProps): ReactNode {
  const { registry } = useDeployment();
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  const [open, setOpen] = useState(false);
  if (frozen && !open) return null;
  if (address === undefined) {
    return (
      <div className="row">
        <WalletMenuButton />
        <span className="small muted">Any wallet can freeze the device with this proof.</span>
      </div>
    );
  }
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        disabled={!rightNetwork || frozen}
        onClick={() => setOpen(true)}
      >
        Freeze the device
      </button>
      {open && (
        <DirectDialog
          transaction={freezeTransaction(registry, evidence.proof, evidence.proven)}
          account={address}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** Checks two windows in this browser, shows them, and offers to freeze their device. */
export function Proof(props: { readonly device: Device; readonly pair: HeaderPair }): ReactNode {
  const { device, pair } = props;
  const { chainId, registry } = useDeployment();
  const query = useQuery({
    queryKey: ['evidence', device.id, pair.a, pair.b],
    queryFn: () => examine(pair, device.publicKey, domainOf(chainId, registry)),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <QueryView query={query} what="proof">
      {(evidence) => (
        <>
          <SideBySide evidence={evidence} />
          <Freezing evidence={evidence} frozen={device.state === 'frozen'} />
        </>
      )}
    </QueryView>
  );
}

/** Shown only when the oracle holds two different windows of the device with one number. */
export function EvidenceCard({ device }: { readonly device: Device }): ReactNode {
  const stored = useEquivocation(device.id).data ?? null;
  if (stored === null) return null;
  const frozen = device.state === 'frozen';
  return (
    <Card title="Its key was copied">
      <Notice
        tone="bad"
        title={
          frozen
            ? 'This is why the device is frozen'
            : 'Two different windows have one number, and both are signed by this device'
        }
      >
        <p className="small">
          Both signatures were checked in this browser. A device signs each number once; whoever
          signs twice has a copy of the key.
        </p>
      </Notice>
      <Proof device={device} pair={stored} />
    </Card>
  );
}
