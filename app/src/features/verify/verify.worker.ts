import { readChainRecord } from '@truetonne/protocol';
import { createPublicClient, http } from 'viem';
import { explain } from '../../errors/index.ts';
import type { VerifyAnswer, VerifyRequest, VerifyResponse } from './messages.ts';
import { verifyFile } from './verifyFile.ts';

/** Off the page's own thread, so that the page stays quick while thousands of signatures are checked. */
addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  const { run, file, batchId, rpcUrl, registry } = data;
  const answer = (content: VerifyAnswer): void => {
    const response: VerifyResponse = { run, answer: content };
    postMessage(response);
  };
  const chain = createPublicClient({ transport: http(rpcUrl, { batch: true }) });
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
