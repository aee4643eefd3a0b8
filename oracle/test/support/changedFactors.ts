import { join } from 'node:path';
import { createFactorIndex, type FactorIndex } from '../../src/accounting/index.ts';
import { loadFactorIndex } from '../../src/inventory/factorSets/load.ts';

const FACTORS = join(import.meta.dirname, '../../../data');
/** A factor that a later version of the program brings twice as large. */
export const GAS = 'epa-hub@2024/stationary/natural-gas/mmbtu';

/** The sets as a later version of the program might bring them: one figure corrected, its file another. */
export async function loadChanged(): Promise<FactorIndex> {
  const index = await loadFactorIndex(FACTORS);
  return {
    ...index,
    ...createFactorIndex({
      gwp: index.gwp,
      blends: [],
      sets: [...index.sets.values()].map((set) =>
        set.id === 'epa-hub@2024' ? { ...set, sha256: `0x${'ab'.repeat(32)}` } : set,
      ),
      factors: index.factors.map((factor) =>
        factor.id !== GAS
          ? factor
          : {
              ...factor,
              gases: factor.gases.map((amount) => ({
                ...amount,
                kg: { ...amount.kg, n: amount.kg.n * 2n },
              })),
            },
      ),
    }),
    ...{ blends: index.blends, findBlend: index.findBlend },
  };
}
