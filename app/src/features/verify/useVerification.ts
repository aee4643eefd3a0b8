import { useCallback, useEffect, useReducer, useRef } from 'react';
import { fetchBatchFile } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { explain } from '../../errors/index.ts';
import { alterOneByte, type Alteration } from './alter.ts';
import type { VerifyRequest, VerifyResponse } from './messages.ts';
import { idle, reduceVerify, type Subject, type VerifyState } from './state.ts';

export interface RunningVerification {
  readonly state: VerifyState;
  /** Fetches the batch's file from the oracle and verifies it. */
  readonly verifyPublished: (batchId: bigint) => void;
  /** Verifies a file from this computer. */
  readonly verifyLocal: (file: File) => void;
  readonly verifyAgain: (subject: Subject) => void;
  /** Verifies a copy of the last file in which one byte differs. */
  readonly verifyAltered: (subject: Subject, what: Alteration) => void;
}

function altering(original: Subject, file: Uint8Array<ArrayBuffer>, alteration: string): Subject {
  return { name: original.name, file, alteration, original };
}

/**
 * Verification in a worker. `batchId` is the batch that the file should be; without it the file
 * itself says which one it is.
 */
export function useVerification(batchId: bigint | undefined): RunningVerification {
  const { oracleUrl, rpcUrl, registry } = useDeployment();
  const [state, dispatch] = useReducer(reduceVerify, idle);
  const worker = useRef<Worker>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);

  const start = useCallback(
    (subject: Subject): void => {
      worker.current?.terminate();
      const running = new Worker(new URL('./verify.worker.ts', import.meta.url), {
        type: 'module',
      });
      worker.current = running;
      const startedAt = performance.now();
      running.onmessage = ({ data }: MessageEvent<VerifyResponse>) => {
        const milliseconds = performance.now() - startedAt;
        dispatch(data.type === 'verdict' ? { ...data, milliseconds } : data);
      };
      running.onerror = ({ message }) => {
        dispatch({ type: 'failed', reason: explain(new Error(message)) });
      };
      dispatch({ type: 'started', subject });
      const request: VerifyRequest = { file: subject.file, batchId, rpcUrl, registry };
      running.postMessage(request);
    },
    [batchId, rpcUrl, registry],
  );

  const load = useCallback(
    (loading: Promise<Subject>): void => {
      dispatch({ type: 'loading' });
      loading.then(start, (error: unknown) => {
        dispatch({ type: 'failed', reason: explain(error) });
      });
    },
    [start],
  );

  return {
    state,
    verifyPublished: (id) => {
      const name = `the published file of batch ${String(id)}`;
      load(fetchBatchFile(oracleUrl, id).then((file) => ({ name, file })));
    },
    verifyLocal: (file) => {
      const bytes = file.arrayBuffer().then((buffer) => new Uint8Array(buffer));
      load(bytes.then((content) => ({ name: file.name, file: content })));
    },
    verifyAltered: (subject, what) => {
      const original = subject.original ?? subject;
      const altered = alterOneByte(original.file, what);
      load(altered.then(({ file, description }) => altering(original, file, description)));
    },
    verifyAgain: start,
  };
}
