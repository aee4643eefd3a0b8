import { isAddressEqual } from 'viem';
import type { Retirement } from '../../api/indexer/index.ts';
import { date } from '../../ui/format.ts';
import type { CertificateToken, RetirementRecord } from './token.ts';

/** One thing that was compared. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** What the chain says. */
  readonly value: string;
}

/** What this page shows, against the credit contract's record. */
export function compareRecord(shown: Retirement, record: RetirementRecord): readonly Check[] {
  return [
    {
      what: 'Wallet',
      ok: isAddressEqual(shown.account, record.account),
      value: record.account,
    },
    { what: 'Amount', ok: shown.grams === record.grams, value: `${String(record.grams)} g` },
    { what: 'Date', ok: shown.at === record.retiredAt, value: date(record.retiredAt) },
    { what: 'Credit', ok: shown.creditId === record.creditId, value: String(record.creditId) },
    {
      what: 'First serial',
      ok: shown.firstSerial === record.firstSerial,
      value: String(record.firstSerial),
    },
  ];
}

/** What the certificate says, against the same record: wallet, date and amount have to be its own. */
export function compareToken(token: CertificateToken, record: RetirementRecord): readonly Check[] {
  const last = record.firstSerial + record.grams - 1n;
  const meant = new Map([
    ['Account', record.account],
    ['Grams CO2e', String(record.grams)],
    ['Retired on', date(record.retiredAt)],
    ['Serials', `${String(record.firstSerial)} to ${String(last)}`],
    ['Credit', String(record.creditId)],
  ]);
  const said = [...meant].map(([trait, value]) => ({
    what: `Certificate: ${trait}`,
    ok: token.traits.get(trait) === value,
    value: token.traits.get(trait) ?? 'nothing',
  }));
  const holder = {
    what: 'Certificate: holder',
    ok: isAddressEqual(token.owner, record.account),
    value: token.owner,
  };
  return [...said, holder];
}
