/** What an invoice says: the receipt on the chain, in lines. */
import type { Address } from 'viem';
import type { Receipt } from '../../api/indexer/index.ts';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { discountName, periodName, planName } from '../../plans/index.ts';
import { coins, date, dateTime, usd } from '../../ui/index.ts';

export interface InvoiceFacts {
  readonly receipt: Receipt;
  readonly plans: readonly Plan[];
  readonly token: PaymentToken | undefined;
  /** TonneSubscriptions, which took the payment. */
  readonly contract: Address;
  readonly chainId: number;
  /** Name and address of the operator, where the deployment names one. */
  readonly seller: string | undefined;
  /** As the organisation typed it; empty: the wallet alone. */
  readonly billedTo: string;
}

/** Ready to be drawn. */
export interface Invoice {
  readonly number: string;
  readonly title: string;
  readonly seller: readonly string[];
  readonly billedTo: readonly string[];
  /** Label and value, one line each. */
  readonly rows: readonly (readonly [string, string])[];
  readonly total: readonly [string, string];
  /** Where anybody can look it up. */
  readonly proof: readonly string[];
}

/** The wallet and its running number: unique on one contract, as {PaymentReceived} says. */
export function invoiceNumberOf({ subscriber, number }: Receipt): string {
  return `${subscriber}-${number}`;
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function toInvoice(facts: InvoiceFacts): Invoice {
  const { receipt, plans, token, contract, chainId, seller } = facts;
  const number = invoiceNumberOf(receipt);
  const sold = seller === undefined ? [] : linesOf(seller);
  return {
    number,
    title: 'Invoice',
    seller: [...(sold.length === 0 ? ['TrueTonne'] : sold), `Contract ${contract}`],
    billedTo: [...linesOf(facts.billedTo), `Wallet ${receipt.subscriber}`],
    rows: [
      ['Invoice number', number],
      ['Paid on', dateTime(receipt.at)],
      ['For', `${planName(receipt.planId, plans)}, ${periodName(receipt.yearly)}`],
      ['Time of service', `${date(receipt.from)} to ${date(receipt.until)}`],
      ...instalmentRow(receipt),
      ...discountRows(receipt),
      ...tokenRows(receipt, token),
    ],
    total: ['Total, without tax', usd(receipt.usd)],
    proof: [
      'No tax was charged: the price is tax-free, and tax is for whoever is billed to account for.',
      `Chain ${chainId}, transaction ${receipt.transactionHash}`,
    ],
  };
}

function instalmentRow({ instalment, instalments }: Receipt): [string, string][] {
  return instalments > 1 ? [['Instalment', `${instalment} of ${instalments}`]] : [];
}

function discountRows({ percent, discount, listUsd }: Receipt): [string, string][] {
  if (percent === 0) return [];
  const list: [string, string][] =
    listUsd === undefined ? [] : [['List price of the whole term', usd(listUsd)]];
  return [...list, ['Discount', `${percent} %, ${discountName(discount)}`]];
}

function tokenRows(
  { amount, carried }: Receipt,
  token: PaymentToken | undefined,
): [string, string][] {
  if (token === undefined) return [];
  const before: [string, string][] =
    carried === 0n
      ? []
      : [['Unused of the plan before', `${coins(carried, token)}, off the price`]];
  return [...before, ['Paid with', coins(amount, token)]];
}
