import type { ReactNode } from 'react';
import { useChains, useConnection, useSwitchChain } from 'wagmi';
import { explain } from '../../errors/index.ts';
import { Notice } from '../../ui/index.ts';

/** True when the wallet is on the chain of this deployment. */
export function useRightNetwork(): boolean {
  const { chainId, isConnected } = useConnection();
  const [chain] = useChains();
  return isConnected && chainId === chain?.id;
}

/** Offers to switch when the wallet is on another network; adds the network where it is unknown. */
export function NetworkNotice(): ReactNode {
  const { chainId, isConnected } = useConnection();
  const [chain] = useChains();
  const change = useSwitchChain();
  if (!isConnected || chain === undefined || chainId === chain.id) return null;
  const { error, isPending } = change;
  return (
    <Notice tone="warn" role="alert" title="The wallet is on another network">
      <p className="small">
        It is on chain {chainId}; these contracts are on {chain.name} (chain {chain.id}).
      </p>
      <p>
        <button
          type="button"
          className="button button-small"
          disabled={isPending}
          onClick={() => change.mutate({ chainId: chain.id })}
        >
          {isPending ? 'Waiting for the wallet …' : `Switch to ${chain.name}`}
        </button>
      </p>
      {error !== null && (
        <p className="small">
          The wallet did not switch: {explain(error).title}. Choose {chain.name} in the wallet
          itself.
        </p>
      )}
    </Notice>
  );
}
