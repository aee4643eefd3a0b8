/** One line of `npm run bench -- --json`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What we want: a bound on value or ratio, in words where it isn't a bound on the value. */
  readonly aim: number | string;
  /** What it is measured against in the same run. */
  readonly reference?: number | string;
  readonly ratio?: number;
  /** Gas without an access list, at Polygon's prices. */
  readonly unlisted?: number;
  /** Gas without an access list at Ethereum's prices, beside `value` at Polygon's. */
  readonly ethereum?: number;
}
