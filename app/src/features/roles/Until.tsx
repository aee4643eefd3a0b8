import type { ReactNode } from 'react';
import { Moment } from '../../ui/index.ts';

/** The largest time of the contracts. */
const NO_END = 2 ** 40 - 1;

/** The last second of an accreditation, Unix seconds. */
export function Until({ time }: { readonly time: number }): ReactNode {
  return time === NO_END ? 'without end' : <Moment at={time} />;
}
