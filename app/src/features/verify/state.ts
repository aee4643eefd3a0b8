import type { Explanation } from '../../errors/index.ts';
import type { PhaseProgress, Verification } from './verifyFile.ts';

/** Where the bytes under test came from. */
export interface Subject {
  readonly name: string;
  readonly file: Uint8Array<ArrayBuffer>;
  /** Which byte was changed on purpose, when one was. */
  readonly alteration?: string;
  /** What it was before that change. */
  readonly original?: Subject;
}

export type VerifyState =
  | { readonly step: 'idle' }
  | { readonly step: 'loading' }
  | { readonly step: 'running'; readonly subject: Subject; readonly progress: PhaseProgress }
  | {
      readonly step: 'verdict';
      readonly subject: Subject;
      readonly verification: Verification;
      /** From the click to the verdict, without the download. */
      readonly milliseconds: number;
    }
  | { readonly step: 'failed'; readonly reason: Explanation };

export type VerifyEvent =
  | { readonly type: 'loading' }
  | { readonly type: 'started'; readonly subject: Subject }
  | { readonly type: 'progress'; readonly progress: PhaseProgress }
  | { readonly type: 'verdict'; readonly verification: Verification; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly reason: Explanation };

export const idle: VerifyState = { step: 'idle' };

/** A verdict or progress that arrives when nothing runs belongs to an older run and is dropped. */
export function reduceVerify(state: VerifyState, event: VerifyEvent): VerifyState {
  switch (event.type) {
    case 'loading':
      return { step: 'loading' };
    case 'started':
      return {
        step: 'running',
        subject: event.subject,
        progress: { phase: 'unpack', done: 0, total: 0 },
      };
    case 'progress':
      return state.step === 'running' ? { ...state, progress: event.progress } : state;
    case 'verdict': {
      if (state.step !== 'running') return state;
      const { verification, milliseconds } = event;
      return { step: 'verdict', subject: state.subject, verification, milliseconds };
    }
    case 'failed':
      return { step: 'failed', reason: event.reason };
  }
}
