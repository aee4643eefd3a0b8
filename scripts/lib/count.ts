/** How many tests of a run passed and failed. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/** Hardhat's line over all of its runners, which follows those of each: `7 passing (3 solidity, 4 mocha)`. */
const HARDHAT_TOTAL = /^(\d+) (passing|failing) \(\d+ \w+(?:, \d+ \w+)*\)$/gm;

/**
 * Reads the closing lines of mocha and Hardhat (`12 passing`, `1 failing`) and of node's test runner
 * (`ℹ pass 12`, `ℹ fail 1`). Where Hardhat gives a total, only that
 * counts. A run that failed without a failing test counts as one failure, and so does one in which no
 * test ran: silence is not success.
 */
export function countTests(output: string, exitCode: number): TestCount {
  const totals = output.match(HARDHAT_TOTAL);
  const counted = totals === null ? output : totals.join('\n');
  const passed = sumOf(counted, /^\s*(\d+) passing/gm) + sumOf(output, /^ℹ pass (\d+)$/gm);
  const failed = sumOf(counted, /^\s*(\d+) failing/gm) + sumOf(output, /^ℹ fail (\d+)$/gm);
  const silent = passed + failed === 0;
  const unexplained = failed === 0 && (exitCode !== 0 || silent);
  return { passed, failed: unexplained ? 1 : failed };
}

/** Where node's test runner, mocha and Hardhat begin to tell of what failed. */
const FAILURES = /^✖ failing tests:|^\s*\d+ failing/m;
const MOST_LINES = 200;

/** What a run that failed printed of its failures, to be read again at the end; its last lines at least. */
export function failuresOf(output: string): string {
  const start = output.search(FAILURES);
  if (start !== -1) return output.slice(start).split('\n').slice(0, MOST_LINES).join('\n');
  return output.split('\n').slice(-MOST_LINES).join('\n');
}

function sumOf(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((sum, [, digits]) => sum + Number(digits), 0);
}
