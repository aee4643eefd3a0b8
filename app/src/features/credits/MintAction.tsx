import { useState, type ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { MintDialog } from './MintDialog.tsx';

interface MintActionProps {
  readonly batch: Batch;
  /** Nothing stands in the way but who may do it. */
  readonly mintable: boolean;
}

/** The owner mints; everyone else is told who can. An open dialog outlives what it did. */
export function MintAction({ batch, mintable }: MintActionProps): ReactNode {
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  const [minting, setMinting] = useState(false);
  const owner = batch.project?.owner;
  const mine = address !== undefined && owner !== undefined && isAddressEqual(owner, address);
  return (
    <>
      {mintable && !mine && (
        <p className="small muted">Only the owner of the project can mint it.</p>
      )}
      {mintable && mine && (
        <p>
          <button
            type="button"
            className="button"
            disabled={!rightNetwork}
            onClick={() => setMinting(true)}
          >
            Mint this batch
          </button>
        </p>
      )}
      {minting && address !== undefined && (
        <MintDialog batch={batch} account={address} onClose={() => setMinting(false)} />
      )}
    </>
  );
}
