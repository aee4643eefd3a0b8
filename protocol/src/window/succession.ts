import { TonneError } from '../errors/tonneError.ts';
import type { SealedWindow } from './window.ts';

/**
 * Throws unless `next` is the window right after `previous` (SPEC section 4): SEQUENCE_GAP,
 * SEQUENCE_REPLAY, CHAIN_BROKEN, TIME_OVERLAP or REGISTER_ROLLBACK, the first that applies.
 */
export function assertSucceeds(previous: SealedWindow, next: SealedWindow): void {
  const before = previous.header;
  const after = next.header;
  if (after.sequence !== before.sequence + 1) {
    const code = after.sequence > before.sequence ? 'SEQUENCE_GAP' : 'SEQUENCE_REPLAY';
    fail(code, 'sequence', after.sequence, before.sequence + 1);
  }
  if (after.previousHash !== previous.headerHash) {
    fail('CHAIN_BROKEN', 'previousHash', after.previousHash, previous.headerHash);
  }
  if (after.openedAt < before.closedAt) {
    fail('TIME_OVERLAP', 'openedAt', after.openedAt, `>= ${String(before.closedAt)}`);
  }
  if (after.exportWh < before.exportWh) {
    fail('REGISTER_ROLLBACK', 'exportWh', after.exportWh, `>= ${String(before.exportWh)}`);
  }
  if (after.importWh < before.importWh) {
    fail('REGISTER_ROLLBACK', 'importWh', after.importWh, `>= ${String(before.importWh)}`);
  }
}

function fail(
  code: 'SEQUENCE_GAP' | 'SEQUENCE_REPLAY' | 'CHAIN_BROKEN' | 'TIME_OVERLAP' | 'REGISTER_ROLLBACK',
  field: string,
  value: string | number | bigint,
  expected: string | number,
): never {
  throw new TonneError(code, { field, value: String(value), expected: String(expected) });
}
