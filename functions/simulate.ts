import { delimiter } from 'node:path';
import type { Hex } from '@truetonne/protocol';
import { BINARIES, loadTool } from './toolkit.ts';

/** What one node would answer: bytes for the chain, or the error of the source. */
export interface Simulation {
  readonly responseBytesHexstring?: Hex;
  readonly errorString?: string;
}

type Simulate = (request: {
  readonly source: string;
  readonly args: readonly string[];
  readonly maxExecutionTimeMs: number;
}) => Promise<Simulation>;

/** Longest that a source may run (Chainlink Functions, service limits). */
const RUN_MS = 10_000;

/** Runs a source as the sandbox of Chainlink Functions does: in Deno, with the service's limits. */
export async function simulate(
  source: string,
  args: readonly string[],
  maxExecutionTimeMs = RUN_MS,
): Promise<Simulation> {
  // Proof: the toolkit's documented function.
  const toolkit = (await loadTool('@chainlink/functions-toolkit/dist/simulateScript/index.js')) as {
    readonly simulateScript: Simulate;
  };
  if (!(process.env['PATH'] ?? '').includes(BINARIES))
    process.env['PATH'] = `${BINARIES}${delimiter}${process.env['PATH'] ?? ''}`;
  return toolkit.simulateScript({ source, args, maxExecutionTimeMs });
}
