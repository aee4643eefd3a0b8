import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { Hash, Notice } from '../../ui/index.ts';

interface ReferrerNoteProps {
  readonly referrer: Address;
  /** Percent off the first payment of a referred wallet; 0 for none. */
  readonly welcomePercent: number;
  readonly onForget: () => void;
}

/** Who is paid a tenth for bringing this person here, out of the price. */
export function ReferrerNote(props: ReferrerNoteProps): ReactNode {
  const { referrer, welcomePercent, onForget } = props;
  return (
    <Notice tone="plain" title="You came by a referral link">
      <p className="small">
        <Hash value={referrer} what="referrer" /> gets 10 % of your first payment, out of the price.
        {welcomePercent > 0 && ` You get ${welcomePercent} % off it where nothing else is higher.`}
      </p>
      <p>
        <button type="button" className="button button-quiet button-small" onClick={onForget}>
          Go on without
        </button>
      </p>
    </Notice>
  );
}
