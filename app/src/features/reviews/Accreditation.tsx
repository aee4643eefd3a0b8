import type { ReactNode } from 'react';
import type { Address } from 'viem';
import type { Verifier } from '../../api/indexer/index.ts';
import { useChainNow, useVerifier } from '../../data/index.ts';
import { Badge, Card, Facts, Hash, Moment, Notice, QueryView } from '../../ui/index.ts';
import { whyNoVerifier } from './mayJudge.ts';

/** From then on the end of an accreditation is pointed out. */
const SOON_SECONDS = 30 * 86_400;
/** Accreditations end on a day; a minute is exact enough for the page. */
export const CLOCK_MS = 60_000;

function Details(props: { readonly verifier: Verifier; readonly now: number }): ReactNode {
  const { address, accreditedFrom, accreditedUntil } = props.verifier;
  const left = accreditedUntil - props.now;
  return (
    <>
      <Facts
        items={[
          { label: 'Verifier', value: <Hash value={address} what="address of the verifier" /> },
          { label: 'Accredited from', value: <Moment at={accreditedFrom} /> },
          { label: 'Until', value: <Moment at={accreditedUntil} /> },
        ]}
      />
      {left >= 0 && left < SOON_SECONDS && (
        <Notice tone="warn" title="The accreditation ends soon">
          <p className="small">
            An opinion counts only while it lasts, whenever it was signed. Ask the admin of the
            registry for a prolongation.
          </p>
        </Notice>
      )}
    </>
  );
}

/** Whether the connected wallet may judge, and until when. */
export function Accreditation({ account }: { readonly account: Address }): ReactNode {
  const query = useVerifier(account);
  const now = useChainNow(CLOCK_MS);
  const barred = query.data === undefined ? undefined : whyNoVerifier(query.data, now);
  return (
    <Card
      title="Your accreditation"
      aside={
        query.data !== undefined && (
          <Badge tone={barred === undefined ? 'good' : 'plain'}>
            {barred === undefined ? 'Accredited' : 'Not accredited'}
          </Badge>
        )
      }
    >
      <QueryView query={query} what="accreditation">
        {(verifier) => (
          <>
            {barred !== undefined && <p>{barred}</p>}
            {verifier !== null && <Details verifier={verifier} now={now} />}
          </>
        )}
      </QueryView>
    </Card>
  );
}
