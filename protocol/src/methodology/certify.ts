const GRAMS_PER_TONNE = 1_000_000n;

/** What a programme certifies of credits in grams: whole tonnes, and what waits for the next batch. */
export interface Certified {
  readonly tonnes: bigint;
  readonly carriedGrams: bigint;
}

/** Whole tonnes of a batch with what was carried to it (GCCM001 v4.0 certifies 55.8 tCO2 as 55). */
export function certifyDown(grams: bigint, carriedGrams: bigint): Certified {
  const total = grams + carriedGrams;
  return { tonnes: total / GRAMS_PER_TONNE, carriedGrams: total % GRAMS_PER_TONNE };
}
