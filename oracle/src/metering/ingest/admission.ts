import { TonneError, type Hex } from '@truetonne/protocol';
import { readReporting } from '../../accounts/entitlements/usageStore.ts';
import type { Session } from '../../store/database/database.ts';
import type { KnownDevice } from './directory.ts';

/**
 * Keeps wallets to the devices of their plan, at the door: a device whose first window would be one
 * device too many is refused and keeps what it measured. One that has reported stays in, whatever
 * becomes of the plan, so nothing that was acknowledged is ever followed by a hole (decision 0025).
 */
export interface Admission {
  /** The refusal, where there is no room. Asks the store and the plan for devices alone that are new. */
  readonly refusalOf: (device: KnownDevice) => Promise<TonneError | undefined>;
}

/** Throws ENTITLEMENT_DEVICES when a wallet with so many devices may not have one more. */
type AssertDevice = (wallet: Hex, devices: number) => Promise<void>;

export function createAdmission(session: Session, assertDevice: AssertDevice): Admission {
  const inside = new Set<number>();
  /** Let in, by owner, with a first window that may not be stored yet. */
  const entering = new Map<Hex, Set<number>>();
  const turns = new Map<Hex, Promise<TonneError | undefined>>();

  async function look({ number, owner }: KnownDevice): Promise<TonneError | undefined> {
    const own = entering.get(owner) ?? new Set<number>();
    const reporting = await readReporting(session, owner);
    for (const device of reporting) {
      inside.add(device.number);
      own.delete(device.number);
    }
    if (inside.has(number)) return undefined;
    const used = reporting.filter(({ active }) => active).length + own.size;
    try {
      await assertDevice(owner, used);
    } catch (error) {
      if (error instanceof TonneError && error.code === 'ENTITLEMENT_DEVICES') return error;
      throw error;
    }
    inside.add(number);
    entering.set(owner, own.add(number));
    return undefined;
  }
  return {
    async refusalOf(device) {
      if (inside.has(device.number)) return undefined;
      // One after the other: two new devices at the same moment can't both take the last place.
      const before = turns.get(device.owner) ?? Promise.resolve(undefined);
      const turn = before.then(
        () => look(device),
        () => look(device),
      );
      turns.set(device.owner, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(device.owner) === turn) turns.delete(device.owner);
      }
    },
  };
}
