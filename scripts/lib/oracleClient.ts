import type { SerfProject } from './serfHistory.ts';

const DEADLINE_MS = 120_000;
const POLLING_INTERVAL_MS = 200;

/** The parts of the oracle's answers that are read here (docs/api.md). */
interface ProjectAnswer {
  readonly pendingWindows: number;
  readonly closingUntil: number | null;
}

interface BatchesAnswer {
  readonly batches: readonly { readonly batchId: string }[];
}

/** Asks the oracle to close the project's periods up to its last window; operators may forbid that. */
export async function closePeriods(oracleUrl: string, project: SerfProject): Promise<void> {
  const until = project.windows.at(-1)?.header.closedAt;
  const response = await fetch(`${oracleUrl}/v1/projects/${project.projectId}/close`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ until }),
  });
  if (!response.ok)
    throw new Error(`closing the periods: ${response.status} ${await response.text()}`);
}

/** Waits until every window is in a batch on the chain. Answers their ids, the earliest first. */
export async function waitForBatches(
  oracleUrl: string,
  { projectId }: SerfProject,
): Promise<readonly bigint[]> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const project = (await getJson(`${oracleUrl}/v1/projects/${projectId}`)) as ProjectAnswer;
    if (project.closingUntil === null && project.pendingWindows === 0) break;
    if (Date.now() > deadline) {
      throw new Error(
        `${project.pendingWindows} windows of project ${projectId} are still in no batch`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLLING_INTERVAL_MS));
  }
  const answer = (await getJson(`${oracleUrl}/v1/batches?project=${projectId}`)) as BatchesAnswer;
  return answer.batches.map(({ batchId }) => BigInt(batchId)).sort((a, b) => (a < b ? -1 : 1));
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
