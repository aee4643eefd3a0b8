import { address, object } from '../parse.ts';
import { askOracle } from './client.ts';

const health = object({ submitter: address });

/** The wallet that sends batches for this oracle: what a validator names as a project's submitter. */
export async function fetchSubmitter(oracleUrl: string) {
  return (await askOracle(oracleUrl, '/health', health)).submitter;
}
