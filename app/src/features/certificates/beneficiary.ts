import type { Retirement } from '../../api/indexer/index.ts';

/** Whom a retirement was for, as far as the chain tells. */
export function beneficiaryOf({
  beneficiary,
  commitment,
  certificate,
}: Pick<Retirement, 'beneficiary' | 'commitment' | 'certificate'>): string {
  if (beneficiary !== '') return beneficiary;
  const revealed = certificate?.revealedBeneficiary;
  if (revealed !== undefined) return revealed;
  return commitment === undefined ? 'nobody named' : 'kept private';
}
