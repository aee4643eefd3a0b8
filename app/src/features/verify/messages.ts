import type { Address } from 'viem';
import type { Explanation } from '../../errors/index.ts';
import type { PhaseProgress, Verification } from './verifyFile.ts';

/** To the worker: all that it needs to verify with only the file and the chain. */
export interface VerifyRequest {
  /** Counts the runs of a page; answers carry it, so that those of an older run are known. */
  readonly run: number;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly batchId: bigint | undefined;
  readonly rpcUrl: string;
  readonly registry: Address;
}

/** From the worker. `failed` means that no verdict was reached, such as a silent chain. */
export type VerifyAnswer =
  | { readonly type: 'progress'; readonly progress: PhaseProgress }
  | { readonly type: 'verdict'; readonly verification: Verification }
  | { readonly type: 'failed'; readonly reason: Explanation };

export interface VerifyResponse {
  readonly run: number;
  readonly answer: VerifyAnswer;
}
