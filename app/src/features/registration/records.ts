/** What is known of each record of a registration file, and what becomes of it. */
import type { Registration } from '@truetonne/protocol';
import { isAddressEqual, type Address } from 'viem';
import type { KnownDevice } from '../../api/indexer/index.ts';
import type { Explanation } from '../../errors/index.ts';

/** A record whose signature was checked here; `refusal` says what is wrong with it. */
export interface CheckedRecord {
  readonly record: Registration;
  readonly refusal: Explanation | undefined;
}

export type RecordState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'registered' }
  | { readonly kind: 'refused'; readonly reason: Explanation };

export interface RecordRow {
  /** Its place in the file, from 1. */
  readonly place: number;
  readonly record: Registration;
  readonly state: RecordState;
}

interface Plant {
  readonly projectId: number;
  /** Power of the plant that no device takes yet, W. */
  readonly freeW: bigint;
  /** Who registers; also the project's owner. */
  readonly account: Address;
}

const ALREADY_BOUND = {
  code: 'DEVICE_ALREADY_CLAIMED',
  title: 'It is claimed, but not in this project',
  todo: 'Open its page to bind it, or take it out of the file.',
};

const OF_OTHERS = {
  code: 'DEVICE_ALREADY_CLAIMED',
  title: 'It belongs to another wallet',
  todo: 'Take it out of the file, or have its owner hand it over.',
};

/**
 * What becomes of each record: registered already, ready, or refused by the check, by what the
 * chain knows, or because the plant has no room left for it.
 */
export function judgeRecords(
  checked: readonly CheckedRecord[],
  known: ReadonlyMap<string, KnownDevice>,
  { projectId, freeW, account }: Plant,
): readonly RecordRow[] {
  let leftW = freeW;
  return checked.map(({ record, refusal }, index) => {
    const row = (state: RecordState): RecordRow => ({ place: index + 1, record, state });
    const refused = (reason: Explanation): RecordRow => row({ kind: 'refused', reason });
    const found = known.get(record.claim.deviceId);
    if (found?.projectId === projectId) return row({ kind: 'registered' });
    if (found !== undefined) {
      return refused(isAddressEqual(found.owner, account) ? ALREADY_BOUND : OF_OTHERS);
    }
    if (refusal !== undefined) return refused(refusal);
    const neededW = BigInt(record.capacityW);
    if (neededW > leftW) return refused(noRoom(neededW, leftW));
    leftW -= neededW;
    return row({ kind: 'ready' });
  });
}

function noRoom(neededW: bigint, leftW: bigint): Explanation {
  return {
    code: 'PLANT_CAPACITY_EXCEEDED',
    title: 'The plant has no room for it',
    todo: 'Give it the capacity that it really has, or take other devices out of the file.',
    detail: `It needs ${String(neededW)} W; with the devices before it, ${String(leftW)} W are left.`,
  };
}

export interface RecordCounts {
  readonly ready: number;
  readonly registered: number;
  readonly refused: number;
}

export function countRecords(rows: readonly RecordRow[]): RecordCounts {
  const count = (kind: RecordState['kind']): number =>
    rows.filter(({ state }) => state.kind === kind).length;
  return { ready: count('ready'), registered: count('registered'), refused: count('refused') };
}
