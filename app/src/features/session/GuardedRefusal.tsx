import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchSecondFactors, Problem } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { Notice, QueryView, Refusal } from '../../ui/index.ts';
import { ShowFactor } from './ShowFactor.tsx';

/** Asks for the second factor in the place of the act, which goes on when it was shown. */
function AskFactor({ onShown }: { readonly onShown: () => void }): ReactNode {
  const query = useOwn(['second-factors'], fetchSecondFactors);
  return (
    <Notice tone="warn" role="alert" title="This asks for your second factor">
      <QueryView query={query} what="second factors">
        {(factors) => <ShowFactor factors={factors} onShown={onShown} />}
      </QueryView>
    </Notice>
  );
}

interface GuardedRefusalProps<Input, Output> {
  /** A write that may be a dangerous act. */
  readonly write: UseMutationResult<Output, Error, Input>;
  /** What did not happen, as `Refusal` takes it. */
  readonly what: string;
}

/** Why a write was refused; where it was for want of the second factor, that is asked for here. */
export function GuardedRefusal<Input, Output>(
  props: GuardedRefusalProps<Input, Output>,
): ReactNode {
  const { write, what } = props;
  const { error, variables } = write;
  const asks = error instanceof Problem && error.code === 'SECOND_FACTOR_REQUIRED';
  if (!asks || variables === undefined) return <Refusal error={error} what={what} />;
  return <AskFactor onShown={() => write.mutate(variables)} />;
}
