import type { Address } from 'viem';
import type { Explanation } from '../../errors/index.ts';
import type { PhaseProgress, Verification } from './verifyFile.ts';

/** To the worker: all that it needs to verify with only the file and the chain. */
export interface VerifyRequest {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly batchId: bigint | undefined;
  readonly rpcUrl: string;
  readonly registry: Address;
}

/** From the worker. `failed` means that no verdict was reached, such as a silent chain. */
export type VerifyResponse =
  | { readonly type: 'progress'; readonly progress: PhaseProgress }
  | { readonly type: 'verdict'; readonly verification: Verification }
  | { readonly type: 'failed'; readonly reason: Explanation };
