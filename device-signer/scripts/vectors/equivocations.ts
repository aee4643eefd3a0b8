import {
  domainOf,
  fromHex,
  toHex,
  type ErrorCode,
  type Hex,
  type SealedWindow,
} from '@truetonne/protocol';
import { headOfWindow, sealWindow } from '../../src/seal.ts';
import { withOtherS } from './deterministicKey.ts';
import { AT, patched, u16, u64, type Patch } from './forge.ts';
import { CHAIN_ID, CLAIMED_AT, DOMAIN, HEAD, KEY, OTHER_KEY, REGISTRY } from './place.ts';

interface EquivocationCase {
  readonly name: string;
  readonly publicKey: Hex;
  readonly headerA: Hex;
  readonly signatureA: Hex;
  readonly headerB: Hex;
  readonly signatureB: Hex;
  readonly expect: 'valid' | ErrorCode;
  readonly contract: 'accepts' | ErrorCode;
}

function sealAt(exportWh: bigint, head = HEAD, key = KEY): SealedWindow {
  const at = head.closedAt + 900;
  return sealWindow(key, DOMAIN, head, [{ at, exportWh, importWh: 20n, status: 0, fields: {} }]);
}

const FIRST = sealAt(1_250n);
const SECOND = sealAt(1_251n);

function makeCase(
  name: string,
  expect: EquivocationCase['expect'],
  b: Pick<SealedWindow, 'headerBytes' | 'signature'>,
  given: Partial<EquivocationCase> = {},
): EquivocationCase {
  return {
    name,
    publicKey: toHex(KEY.publicKey),
    headerA: toHex(FIRST.headerBytes),
    signatureA: toHex(FIRST.signature),
    headerB: toHex(b.headerBytes),
    signatureB: toHex(b.signature),
    expect,
    contract: expect === 'valid' ? 'accepts' : expect,
    ...given,
  };
}

/** The second window with its header changed, and signed again. */
function altered(...patches: readonly Patch[]) {
  const headerBytes = patched(SECOND.headerBytes, patches);
  return { headerBytes, signature: KEY.sign(headerBytes) };
}

/** Two windows of `KEY`, which is bound and stands where its sequence number does not matter. */
export function makeEquivocations(): readonly EquivocationCase[] {
  const elsewhere = fromHex(domainOf(CHAIN_ID + 1, REGISTRY));
  const other = sealAt(1_251n, HEAD, OTHER_KEY);
  const cut = SECOND.headerBytes.slice(0, 175);
  const high = withOtherS(SECOND.signature);
  return [
    makeCase('two windows of one number', 'valid', SECOND),
    makeCase('only the flags differ', 'valid', {
      ...altered([0, FIRST.headerBytes], [AT.flags, u16(1)]),
    }),
    makeCase('a header of 175 bytes', 'STATEMENT_INVALID', { ...SECOND, headerBytes: cut }),
    makeCase('a signature of 65 bytes', 'STATEMENT_INVALID', {
      ...SECOND,
      signature: patched(new Uint8Array(65), [[0, SECOND.signature]]),
    }),
    makeCase('no public key', 'STATEMENT_INVALID', SECOND, { publicKey: '0x' }),
    makeCase('count 0', 'COUNT_OUT_OF_RANGE', altered([AT.count, u16(0)])),
    makeCase('version 2', 'VERSION_UNKNOWN', altered([3, Uint8Array.of(2)])),
    makeCase('an unknown flag', 'FLAGS_UNKNOWN', altered([AT.flags, u16(8)])),
    makeCase('export at the limit', 'VALUE_OUT_OF_RANGE', altered([AT.exportWh, u64(1n << 56n)])),
    makeCase('signed for another chain', 'DOMAIN_MISMATCH', altered([AT.domain, elsewhere])),
    makeCase(
      'it closes when it opens',
      'TIME_ORDER',
      altered([AT.openedAt, u64(CLAIMED_AT + 900)]),
    ),
    makeCase('one window twice', 'NOT_EQUIVOCAL', FIRST),
    makeCase('one window signed twice', 'NOT_EQUIVOCAL', {
      ...FIRST,
      signature: withOtherS(FIRST.signature),
    }),
    makeCase('one window and the next', 'NOT_EQUIVOCAL', sealAt(1_300n, headOfWindow(FIRST))),
    makeCase('windows of two devices', 'NOT_EQUIVOCAL', other),
    makeCase('the key of another device', 'PUBLIC_KEY_MISMATCH', SECOND, {
      publicKey: toHex(OTHER_KEY.publicKey),
    }),
    makeCase('a high s', 'SIGNATURE_HIGH_S', { ...SECOND, signature: high }),
    makeCase('the first signed by another device', 'SIGNATURE_INVALID', SECOND, {
      signatureA: toHex(OTHER_KEY.sign(FIRST.headerBytes)),
    }),
    makeCase('the second signed by another device', 'SIGNATURE_INVALID', {
      ...SECOND,
      signature: OTHER_KEY.sign(SECOND.headerBytes),
    }),
  ];
}
