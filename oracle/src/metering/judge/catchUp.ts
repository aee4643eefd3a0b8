import { readBehind } from '../../store/presences.ts';
import type { BoundDevice } from './devices.ts';
import { judgeDevice, type JudgeContext } from './judge.ts';

/** Judges what devices sent before anybody knew that they are bound. */
export type CatchUp = (devices: ReadonlyMap<number, BoundDevice>) => Promise<void>;

/**
 * Looks at each device once for each project that it is bound to. At a start that is every device there
 * is, so that one question for all of them says which have anything to judge.
 */
export function createCatchUp(context: JudgeContext): CatchUp {
  /** By device the project it was caught up with for: another project judges anew. */
  const caughtUp = new Map<number, number>();
  return async (devices) => {
    const fresh = [...devices].filter(
      ([number, { projectId }]) => caughtUp.get(number) !== projectId,
    );
    if (fresh.length === 0) return;
    const behind = await readBehind(
      context.database,
      fresh.map(([number]) => number),
    );
    for (const [number, device] of fresh) {
      if (behind.has(number)) await judgeDevice(context, device, 0);
      caughtUp.set(number, device.projectId);
    }
  };
}
