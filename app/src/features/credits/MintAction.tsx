import { useState, type ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import type { Batch } from '../../api/indexer/index.ts';
import type { MintWay } from '../reviews/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { MintDialog } from './MintDialog.tsx';

interface MintActionProps {
  readonly batch: Batch;
  /** How it can be minted now, where nothing stands in the way but who may do it. */
  readonly way: MintWay | undefined;
}

/** The owner mints; everyone else is told who can. An open dialog outlives what it did. */
export function MintAction({ batch, way }: MintActionProps): ReactNode {
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  const [minting, setMinting] = useState<MintWay>();
  const owner = batch.project?.owner;
  const mine = address !== undefined && owner !== undefined && isAddressEqual(owner, address);
  return (
    <>
      {way !== undefined && !mine && (
        <p className="small muted">Only the owner of the project can mint it.</p>
      )}
      {way !== undefined && mine && (
        <p>
          <button
            type="button"
            className="button"
            disabled={!rightNetwork}
            onClick={() => setMinting(way)}
          >
            {way === 'mint' ? 'Mint this batch' : 'Mint this batch for the debt'}
          </button>
        </p>
      )}
      {minting !== undefined && address !== undefined && (
        <MintDialog
          batch={batch}
          way={minting}
          account={address}
          onClose={() => setMinting(undefined)}
        />
      )}
    </>
  );
}
