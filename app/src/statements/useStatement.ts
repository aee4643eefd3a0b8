import { useCallback, useState } from 'react';
import { explain, type Explanation } from '../errors/index.ts';

export type StatementState<T> =
  | { readonly step: 'none' }
  | { readonly step: 'checking' }
  | { readonly step: 'refused'; readonly reason: Explanation }
  | { readonly step: 'ready'; readonly statement: T };

/** Reads a statement from a text and checks it; what an older text still says is dropped. */
export function useStatement<T>(check: (text: string) => Promise<T>): {
  readonly state: StatementState<T>;
  readonly take: (text: Promise<string>) => void;
} {
  const [state, setState] = useState<StatementState<T>>({ step: 'none' });
  const take = useCallback(
    (text: Promise<string>): void => {
      const checking: StatementState<T> = { step: 'checking' };
      setState(checking);
      const settle = (next: StatementState<T>): void => {
        setState((now) => (now === checking ? next : now));
      };
      text.then(check).then(
        (statement) => settle({ step: 'ready', statement }),
        (error: unknown) => settle({ step: 'refused', reason: explain(error) }),
      );
    },
    [check],
  );
  return { state, take };
}
