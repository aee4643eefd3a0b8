/** How many tests of a run passed and failed. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Reads the closing lines of mocha and Hardhat (`12 passing`, `1 failing`) and of node's test runner
 * (`ℹ pass 12`, `ℹ fail 1`). A run that failed without a failing test counts as one failure, and so
 * does one in which no test ran: silence is not success.
 */
export function countTests(output: string, exitCode: number): TestCount {
  const passed = sumOf(output, /^\s*(\d+) passing/gm) + sumOf(output, /^ℹ pass (\d+)$/gm);
  const failed = sumOf(output, /^\s*(\d+) failing/gm) + sumOf(output, /^ℹ fail (\d+)$/gm);
  const silent = passed + failed === 0;
  const unexplained = failed === 0 && (exitCode !== 0 || silent);
  return { passed, failed: unexplained ? 1 : failed };
}

function sumOf(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((sum, [, digits]) => sum + Number(digits), 0);
}
