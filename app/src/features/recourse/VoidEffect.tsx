import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { creditIdOf } from '@truetonne/protocol';
import type { Batch } from '../../api/indexer/index.ts';
import { useVoidBasis } from '../../data/index.ts';
import { energy, Ledger, phrase, QueryView } from '../../ui/index.ts';
import { amountOf } from './transactions.ts';
import { planCarbonVoid, planEnergyVoid, type VoidPlan } from './voidPlan.ts';

type Line = Parameters<typeof Ledger>[0]['lines'][number];

/** The plan of a void, line by line. */
export function linesOf({ kind, grams, creditableWh }: Batch, plan: VoidPlan): readonly Line[] {
  const { fromOwner, fromBuffer, debt, fromRemainderWh } = plan;
  return [
    {
      label: 'The batch issued',
      value: kind === 'carbon' ? amountOf(kind, grams) : phrase(energy(creditableWh)),
    },
    ...(fromRemainderWh === 0n
      ? []
      : [
          {
            label: '− energy that makes no certificate yet',
            value: phrase(energy(fromRemainderWh)),
          },
        ]),
    { label: '− from the balance of the project’s owner', value: amountOf(kind, fromOwner) },
    ...(kind === 'energy'
      ? []
      : [{ label: '− from the buffer of this vintage', value: amountOf(kind, fromBuffer) }]),
    {
      label: '= debt of the project, which blocks its next mint',
      value: amountOf(kind, debt),
      result: true,
    },
  ];
}

function Minted({ batch, owner }: { readonly batch: Batch; readonly owner: Address }): ReactNode {
  const { kind, grams, creditableWh, projectId, vintage } = batch;
  const query = useVoidBasis({ kind, owner, id: creditIdOf(projectId, vintage) });
  return (
    <QueryView query={query} what="balances">
      {(basis) => (
        <Ledger
          lines={linesOf(
            batch,
            kind === 'carbon' ? planCarbonVoid(basis, grams) : planEnergyVoid(basis, creditableWh),
          )}
        />
      )}
    </QueryView>
  );
}

/** What a void would change in the books now; balances may move until it is executed. */
export function VoidEffect({ batch }: { readonly batch: Batch }): ReactNode {
  const owner = batch.project?.owner;
  return (
    <div className="stack-small">
      <h3>What a void would do to the books</h3>
      {batch.state !== 'minted' || owner === undefined ? (
        <p>Nothing was minted of it. It never will be, and nobody owes anything.</p>
      ) : (
        <>
          <Minted batch={batch} owner={owner} />
          <p className="small muted">
            As the balances are now. No other wallet loses anything: whoever bought keeps what it
            bought.
          </p>
        </>
      )}
    </div>
  );
}
