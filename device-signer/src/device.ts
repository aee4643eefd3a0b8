import {
  TonneError,
  type Claim,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';
import { lockFolder } from './durable.ts';
import { findKey, type DeviceKey } from './key.ts';
import { openOutbox } from './outbox.ts';
import {
  headOfWindow,
  sealWindow,
  signClaim,
  type ChainHead,
  type SealOptions,
  type SignedClaim,
} from './seal.ts';
import { findState, headOfState, settledHeadOf, storeState, type StoredState } from './state.ts';
import {
  assertNotRotated,
  findRotation,
  headOfReplacement,
  signReplacement,
  signRotation,
  type NewMeter,
  type SignedStatement,
} from './statements.ts';

/** What became of a window. A refused one is put aside for a person to look at. */
export interface Answer {
  readonly window: SealedWindow;
  readonly refused: boolean;
}

/**
 * A device with a memory: after a crash at any point it goes on with the next sequence number. A window
 * is on the disk before `seal` returns it, so nobody can have seen a number that is given out again.
 */
export interface Device {
  readonly key: DeviceKey;
  readonly domain: Hex;
  readonly claim: SignedClaim;
  /** Sequence, time and registers of the last sealed window, or of the claim. */
  readonly head: () => ChainHead;
  /** Seals the next window and keeps it until it is settled. Throws as `sealWindow`. */
  readonly seal: (readings: readonly Reading[], options?: SealOptions) => SealedWindow;
  /**
   * Signs that the meter was replaced (SPEC section 9); the next window follows that.
   *
   * @throws TonneError TIME_OVERLAP when it is not after the last window
   */
  readonly replaceMeter: (meter: NewMeter) => SignedStatement;
  /** The newest replacement of the meter, if there was one. */
  readonly replacement: () => SignedStatement | undefined;
  /**
   * Signs that another key takes this one's place (SPEC section 9); what closes from then on is no longer
   * sealed. Called again for the same successor it returns the first.
   *
   * @throws TonneError TIME_OVERLAP when it is not after the last window, SUCCESSOR_MISMATCH when another
   *   successor was named before
   */
  readonly rotate: (successor: Hex, rotatedAt: number) => SignedStatement;
  /** The oldest windows that are not settled, at most `limit`. */
  readonly pending: (limit: number) => readonly SealedWindow[];
  readonly pendingCount: () => number;
  /** The receiver has these, the oldest pending windows, or will never take them. */
  readonly settle: (answers: readonly Answer[]) => void;
  /** Gives the state folder back. */
  readonly close: () => void;
}

/**
 * Signs the device's claim, once: called again for the same owner and registry it returns the first.
 *
 * @throws TonneError CONFIGURATION_INVALID without a key, DEVICE_ALREADY_CLAIMED for another owner,
 *   DOMAIN_MISMATCH for another registry
 */
export function claimDevice(folder: string, claim: Omit<Claim, 'deviceId'>): SignedClaim {
  const key = getKey(folder);
  const stored = findState(folder, key);
  if (stored === undefined) {
    const signed = signClaim(key, claim);
    storeState(folder, {
      claim: signed,
      settledHeader: undefined,
      replacement: undefined,
      rotation: undefined,
    });
    return signed;
  }
  const { owner, domain } = stored.claim.claim;
  if (domain !== claim.domain.toLowerCase()) {
    throw new TonneError('DOMAIN_MISMATCH', {
      field: 'registry',
      value: domain,
      expected: claim.domain,
    });
  }
  if (owner !== claim.owner.toLowerCase()) {
    throw new TonneError('DEVICE_ALREADY_CLAIMED', { field: 'owner', value: owner });
  }
  return stored.claim;
}

/** The signed claim of a folder. Throws CONFIGURATION_INVALID before there is one. */
export function readClaim(folder: string): SignedClaim {
  return getState(folder, getKey(folder)).claim;
}

/** Opens a claimed device for this process alone. Throws CONFIGURATION_INVALID or DATA_IN_USE. */
export function openDevice(folder: string): Device {
  const key = getKey(folder);
  const unlock = lockFolder(folder);
  try {
    return resumeDevice(folder, key, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function resumeDevice(folder: string, key: DeviceKey, unlock: () => void): Device {
  let state = getState(folder, key);
  const { claim } = state;
  const { domain } = claim.claim;
  const outbox = openOutbox(folder, domain);
  let head = headOfState(state, outbox.newestAtOpening);
  outbox.removeUntil(settledHeadOf(state).sequence);
  const store = (changes: Partial<StoredState>): void => {
    state = { ...state, ...changes };
    storeState(folder, state);
  };
  return {
    key,
    domain,
    claim,
    head: () => head,
    seal(readings, options) {
      assertNotRotated(state.rotation, readings);
      const window = sealWindow(key, domain, head, readings, options);
      outbox.add(window);
      head = headOfWindow(window);
      return window;
    },
    replaceMeter(meter) {
      const replacement = signReplacement(key, domain, head, meter);
      store({ replacement });
      head = headOfReplacement(replacement);
      return replacement;
    },
    replacement: () => state.replacement,
    rotate(successor, rotatedAt) {
      const rotation =
        findRotation(state.rotation, successor) ??
        signRotation(key, domain, head, { successor, rotatedAt });
      store({ rotation });
      return rotation;
    },
    pending: outbox.oldest,
    pendingCount: outbox.size,
    settle(answers) {
      const last = answers.at(-1);
      if (last === undefined) return;
      // First the state: whatever happens after it, these sequence numbers are used up.
      store({ settledHeader: last.window.headerBytes });
      for (const { window, refused } of answers) {
        if (refused) outbox.setAside(window.header.sequence);
        else outbox.remove(window.header.sequence);
      }
    },
    close: unlock,
  };
}

function getState(folder: string, key: DeviceKey): StoredState {
  const state = findState(folder, key);
  if (state !== undefined) return state;
  const expected = 'a claimed device: run `claim` first';
  throw new TonneError('CONFIGURATION_INVALID', { field: folder, expected });
}

function getKey(folder: string): DeviceKey {
  const key = findKey(folder);
  if (key !== undefined) return key;
  throw new TonneError('CONFIGURATION_INVALID', {
    field: folder,
    expected: 'a device key: run `provision` first',
  });
}
