import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  CHECK_SIZE,
  KEY_SIZE,
  SIGNATURE_END,
  type VerifyAnswer,
  type VerifyTask,
} from './verifyTask.ts';

/** A signature (r ‖ s) over a header, and the key (x ‖ y) whose it should be. */
export interface SignatureCheck {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly headerBytes: Uint8Array;
}

/**
 * Verifies signatures on threads of its own, many in one message: asking libuv's pool for each one costs
 * a third of the verification itself, and the event loop pays most of that.
 */
export interface Verifier {
  /** Answers in the order given. */
  readonly verify: (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]>;
  readonly stop: () => Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, PromiseWithResolvers<Uint8Array>>;
}

export function createVerifier(count = availableParallelism()): Verifier {
  const threads = new Map<number, Thread>();
  let nextId = 0;

  function getThread(place: number): Thread {
    const running = threads.get(place);
    if (running !== undefined) return running;
    const thread = startThread(() => threads.delete(place));
    threads.set(place, thread);
    return thread;
  }

  function send(place: number, checks: readonly SignatureCheck[]): Promise<Uint8Array> {
    const { worker, pending } = getThread(place);
    const id = nextId++;
    const answer = Promise.withResolvers<Uint8Array>();
    pending.set(id, answer);
    worker.ref();
    const task: VerifyTask = { id, bytes: join(checks) };
    worker.postMessage(task, [task.bytes.buffer]);
    return answer.promise;
  }

  return {
    async verify(checks) {
      const places = checks.map(({ publicKey }) => (publicKey[0] ?? 0) % count);
      const results = checks.map(() => false);
      // A device always goes to the same thread, which has its key ready.
      const groups = Map.groupBy(checks.keys(), (index) => places[index] ?? 0);
      await Promise.all(
        [...groups].map(async ([place, indexes]) => {
          const own = indexes.flatMap((index) => checks[index] ?? []);
          const passed = await send(place, own);
          for (const [at, index] of indexes.entries()) results[index] = passed[at] === 1;
        }),
      );
      return results;
    },
    async stop() {
      await Promise.all([...threads.values()].map(({ worker }) => worker.terminate()));
    },
  };
}

/** A thread that fails takes what it was asked with it; the next question starts another. */
function startThread(onEnd: () => void): Thread {
  const worker = new Worker(new URL('verifyWorker.ts', import.meta.url));
  const pending: Thread['pending'] = new Map();
  worker.on('message', ({ id, results }: VerifyAnswer) => {
    pending.get(id)?.resolve(results);
    pending.delete(id);
    // It keeps the process alive only while somebody waits for it.
    if (pending.size === 0) worker.unref();
  });
  const fail = (error: Error): void => {
    onEnd();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the verifying thread ended with ${code}`)));
  return { worker, pending };
}

function join(checks: readonly SignatureCheck[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CHECK_SIZE * checks.length);
  for (const [index, { publicKey, signature, headerBytes }] of checks.entries()) {
    const start = index * CHECK_SIZE;
    bytes.set(publicKey, start);
    bytes.set(signature, start + KEY_SIZE);
    bytes.set(headerBytes, start + SIGNATURE_END);
  }
  return bytes;
}
