import type { ErrorCode } from '@truetonne/protocol';

/** Wh, ug/Wh, g and ug as decimal text. */
interface CreditingCase {
  readonly name: string;
  readonly source?: string;
  readonly exportedWh: string;
  readonly importedWh: string;
  readonly deductedWh: string;
  readonly deficitWh: string;
  readonly remainderUg: string;
  readonly factorUgPerWh: string;
  readonly expect: 'valid' | ErrorCode;
  readonly creditableWh?: string;
  readonly grams?: string;
  readonly closingDeficitWh?: string;
  readonly closingRemainderUg?: string;
}

type Numbers = readonly [
  exportedWh: bigint,
  importedWh: bigint,
  deductedWh: bigint,
  deficitWh: bigint,
  remainderUg: bigint,
  factorUgPerWh: bigint,
];
type Results = readonly [
  creditableWh: bigint,
  grams: bigint,
  deficitWh: bigint,
  remainderUg: bigint,
];

function given(numbers: Numbers) {
  const [exportedWh, importedWh, deductedWh, deficitWh, remainderUg, factorUgPerWh] = numbers;
  return {
    exportedWh: String(exportedWh),
    importedWh: String(importedWh),
    deductedWh: String(deductedWh),
    deficitWh: String(deficitWh),
    remainderUg: String(remainderUg),
    factorUgPerWh: String(factorUgPerWh),
  };
}

function credited(
  name: string,
  numbers: Numbers,
  results: Results,
  source?: string,
): CreditingCase {
  const [creditableWh, grams, deficitWh, remainderUg] = results;
  return {
    name,
    ...(source === undefined ? {} : { source }),
    ...given(numbers),
    expect: 'valid',
    creditableWh: String(creditableWh),
    grams: String(grams),
    closingDeficitWh: String(deficitWh),
    closingRemainderUg: String(remainderUg),
  };
}

/** IFI 2021, combined margin for intermittent generation: United States 352, Albania 0 gCO2/kWh. */
const US = 352_000n;
const ALBANIA = 0n;
/** Uzbekistan, 0.558 tCO2/MWh: the factor of the GCCM001 example. */
const UZBEKISTAN = 558_000n;
const MWH = 1_000_000n;

const GUARDIAN = 'GCCM001 v4 sample of hashgraph/guardian';

/** Results are written down from the formula by hand, not computed by the code under test. */
const CASES: readonly CreditingCase[] = [
  credited('a plain batch', [1_000n, 0n, 0n, 0n, 0n, US], [1_000n, 352n, 0n, 0n]),
  credited('nothing at all', [0n, 0n, 0n, 0n, 0n, US], [0n, 0n, 0n, 0n]),
  credited('less than a gram is carried', [1n, 0n, 0n, 0n, 0n, US], [1n, 0n, 0n, 352_000n]),
  credited(
    'the carried rest makes the gram',
    [1n, 0n, 0n, 0n, 704_000n, US],
    [1n, 1n, 0n, 56_000n],
  ),
  credited('a rest of almost a gram', [0n, 0n, 0n, 0n, 999_999n, US], [0n, 0n, 0n, 999_999n]),
  credited('import is taken off', [1_000n, 250n, 0n, 0n, 0n, US], [750n, 264n, 0n, 0n]),
  credited('deduction is taken off', [1_000n, 0n, 250n, 0n, 0n, US], [750n, 264n, 0n, 0n]),
  credited('all is deducted', [1_000n, 0n, 1_000n, 0n, 5n, US], [0n, 0n, 0n, 5n]),
  credited('a negative net is carried', [10n, 35n, 0n, 0n, 7n, US], [0n, 0n, 25n, 7n]),
  credited('a carried deficit grows', [10n, 35n, 10n, 25n, 0n, US], [0n, 0n, 60n, 0n]),
  credited(
    'a carried deficit is paid back',
    [1_000n, 0n, 0n, 60n, 0n, US],
    [940n, 330n, 0n, 880_000n],
  ),
  credited('a deficit paid back exactly', [60n, 0n, 0n, 60n, 0n, US], [0n, 0n, 0n, 0n]),
  credited(
    'factor 0 is a value, not a gap',
    [1_000n, 0n, 0n, 0n, 123n, ALBANIA],
    [1_000n, 0n, 0n, 123n],
    'IFI 2021, Albania',
  ),
  credited('a factor of 1 ug/Wh', [1_999_999n, 0n, 0n, 0n, 0n, 1n], [1_999_999n, 1n, 0n, 999_999n]),
  credited(
    'the largest register at 1 tCO2e/MWh',
    [(1n << 56n) - 1n, 0n, 0n, 0n, 999_999n, 1_000_000n],
    [72_057_594_037_927_935n, 72_057_594_037_927_935n, 0n, 999_999n],
  ),
  credited(
    '100 MWh: 55.8 t, of which 55 whole tonnes are certified',
    [100n * MWH, 0n, 0n, 0n, 0n, UZBEKISTAN],
    [100n * MWH, 55_800_000n, 0n, 0n],
    `${GUARDIAN}: monitoring report, 100 MWh x 0.558 = 55.8, certified 55 tCO2`,
  ),
  credited(
    '272,274 MWh: 151,928.892 t',
    [272_274n * MWH, 0n, 0n, 0n, 0n, UZBEKISTAN],
    [272_274n * MWH, 151_928_892_000n, 0n, 0n],
    `${GUARDIAN}: project submission, ex-ante estimate published as 151,929 tCO2`,
  ),
  credited(
    '104 measured days of a 6 kW plant',
    [2_941_907n, 3_551n, 0n, 0n, 0n, US],
    [2_938_356n, 1_034_301n, 0n, 312_000n],
    'SERF East (data/pv-serf-east-104d), one batch of all of it',
  ),
  {
    name: 'more is deducted than was exported',
    ...given([1_000n, 0n, 1_001n, 0n, 0n, US]),
    expect: 'DEDUCTION_EXCEEDS_EXPORT',
  },
];

/** SPEC section 7. */
export function makeCrediting(): object {
  return { description: 'The crediting formula, SPEC section 7.', cases: CASES };
}
