import { date } from '../ui/format.ts';
import type { Fact } from '../ui/index.ts';
import type { CheckedDedication } from './dedication.ts';

/** What a dedication does, fact by fact. */
export function effectsOf({ dedication, certificate, secret }: CheckedDedication): readonly Fact[] {
  const { account, beneficiary, purpose, periodFrom, periodUntil } = dedication;
  return [
    ...(secret === undefined
      ? [{ label: 'For the benefit of', value: beneficiary === '' ? 'nobody named' : beneficiary }]
      : [{ label: 'For the benefit of', value: `${secret.beneficiary} (kept private)` }]),
    { label: 'Purpose', value: purpose },
    ...(periodUntil === 0
      ? []
      : [{ label: 'Period', value: `${date(periodFrom)} to ${date(periodUntil)}` }]),
    { label: 'In the name of', value: account, wide: true },
    { label: 'Certificate', value: certificate ? 'yes, for that wallet and for good' : 'none' },
  ];
}
