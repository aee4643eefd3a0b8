/** What an interval of a project is claimed as, once: tonnes that were avoided, or electricity. */
export type ClaimKind = 'carbon' | 'energy';

/** Numbers of the contracts' `ClaimKind`. */
export const CLAIM_KINDS = { carbon: 0, energy: 1 } as const satisfies Record<ClaimKind, number>;
