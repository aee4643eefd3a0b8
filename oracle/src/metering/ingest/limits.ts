import type { Hex } from '@truetonne/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Windows that a device, and all devices of an owner, may send in `seconds`; 0 windows: no limit. */
export interface RateLimits {
  readonly deviceWindows: number;
  readonly ownerWindows: number;
  readonly seconds: number;
}

/** What of a number of windows may come in. */
export interface Grant {
  readonly granted: number;
  /** Seconds after which there is room for more; 0 when all may come in. */
  readonly retryAfter: number;
}

/** Counts windows by device and by owner, in this process. */
export interface IngestLimits {
  readonly take: (deviceId: Hex, owner: Hex, windows: number) => Promise<Grant>;
  /** Gives windows back that turned out not to be the device's: strangers can't use up its room. */
  readonly giveBack: (deviceId: Hex, owner: Hex, windows: number) => Promise<void>;
}

const ALL: Omit<Grant, 'granted'> = { retryAfter: 0 };

export function createLimits({ deviceWindows, ownerWindows, seconds }: RateLimits): IngestLimits {
  const ofDevice = createLimit('device', deviceWindows, seconds);
  const ofOwner = createLimit('owner', ownerWindows, seconds);
  return {
    async take(deviceId, owner, windows) {
      const first = await ofDevice.take(deviceId, windows);
      const second = await ofOwner.take(owner, first.granted);
      await ofDevice.giveBack(deviceId, first.granted - second.granted);
      const retryAfter = Math.max(first.retryAfter, second.retryAfter);
      return { granted: second.granted, retryAfter };
    },
    async giveBack(deviceId, owner, windows) {
      await ofDevice.giveBack(deviceId, windows);
      await ofOwner.giveBack(owner, windows);
    },
  };
}

interface Limit {
  readonly take: (key: string, windows: number) => Promise<Grant>;
  readonly giveBack: (key: string, windows: number) => Promise<void>;
}

function createLimit(keyPrefix: string, points: number, duration: number): Limit {
  if (points === 0) {
    return {
      take: (_, windows) => Promise.resolve({ granted: windows, ...ALL }),
      giveBack: () => Promise.resolve(),
    };
  }
  const limiter = new RateLimiterMemory({ keyPrefix, points, duration });

  /** As many as there is room for: one request with more than a whole limit is not refused for ever. */
  async function take(key: string, windows: number): Promise<Grant> {
    if (windows === 0) return { granted: 0, ...ALL };
    const before = await limiter.get(key);
    // One whose time is over may still be in memory.
    const used = before === null || before.msBeforeNext <= 0 ? 0 : before.consumedPoints;
    const granted = Math.min(windows, Math.max(0, points - used));
    const after = granted === 0 ? before : await consume(key, granted);
    if (after === null) return take(key, windows);
    const retryAfter = granted === windows ? 0 : Math.ceil(after.msBeforeNext / 1000);
    return { granted, retryAfter };
  }

  /** `null` when another request took the room meanwhile. */
  async function consume(key: string, windows: number): Promise<RateLimiterRes | null> {
    try {
      return await limiter.consume(key, windows);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await limiter.reward(key, windows);
      return null;
    }
  }

  return {
    take,
    async giveBack(key, windows) {
      if (windows > 0) await limiter.reward(key, windows);
    },
  };
}
