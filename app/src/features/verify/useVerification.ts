import { useCallback, useEffect, useReducer, useRef } from 'react';
import { fetchBatchFile } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { explain } from '../../errors/index.ts';
import { alterOneByte, type Alteration } from './alter.ts';
import type { VerifyAnswer, VerifyRequest, VerifyResponse } from './messages.ts';
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

type Answered = (answer: VerifyAnswer) => void;
type Ask = (request: Omit<VerifyRequest, 'run'>, onAnswer: Answered) => void;

/** A worker that is there before it is needed; what an older run still says is dropped. */
function useWorker(): Ask {
  const worker = useRef<Worker>(undefined);
  const lastRun = useRef(0);
  useEffect(() => {
    // Vite bundles the worker only when it is named in this very form.
    const started = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    return () => started.terminate();
  }, []);
  return useCallback((request, onAnswer) => {
    const running = worker.current;
    if (running === undefined) return;
    const run = ++lastRun.current;
    running.onmessage = ({ data }: MessageEvent<VerifyResponse>) => {
      if (data.run === run) onAnswer(data.answer);
    };
    running.onerror = ({ message }) => {
      onAnswer({ type: 'failed', reason: explain(new Error(message)) });
    };
    running.postMessage({ ...request, run } satisfies VerifyRequest);
  }, []);
}

/**
 * Verification in a worker. `batchId` is the batch that the file should be; without it the file
 * itself says which one it is.
 */
export function useVerification(batchId: bigint | undefined): RunningVerification {
  const { oracleUrl, rpcUrl, registry } = useDeployment();
  const [state, dispatch] = useReducer(reduceVerify, idle);
  const ask = useWorker();

  const start = (subject: Subject): void => {
    const startedAt = performance.now();
    dispatch({ type: 'started', subject });
    ask({ file: subject.file, batchId, rpcUrl, registry }, (answer) => {
      const milliseconds = performance.now() - startedAt;
      dispatch(answer.type === 'verdict' ? { ...answer, milliseconds } : answer);
    });
  };
  const load = (loading: Promise<Subject>): void => {
    dispatch({ type: 'loading' });
    loading.then(start, (error: unknown) => {
      dispatch({ type: 'failed', reason: explain(error) });
    });
  };

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
