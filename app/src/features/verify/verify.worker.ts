import { readChainRecord } from '@truetonne/protocol';
import { createPublicClient, http } from 'viem';
import { explain } from '../../errors/index.ts';
import type { VerifyRequest, VerifyResponse } from './messages.ts';
import { verifyFile } from './verifyFile.ts';

/** Off the page's own thread, so that the page stays quick while thousands of signatures are checked. */
function answer(response: VerifyResponse): void {
  postMessage(response);
}

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  const chain = createPublicClient({ transport: http(data.rpcUrl, { batch: true }) });
  const { file, batchId, registry } = data;
  verifyFile({
    file,
    batchId,
    readRecord: (id) => readChainRecord(chain, registry, id),
    onProgress: (progress) => answer({ type: 'progress', progress }),
  }).then(
    (verification) => answer({ type: 'verdict', verification }),
    (error: unknown) => answer({ type: 'failed', reason: explain(error) }),
  );
});
