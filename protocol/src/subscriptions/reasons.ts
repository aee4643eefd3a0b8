import { toFunctionSelector } from 'viem';
import { plansAbi } from '../abi/plans.ts';
import { subscriptionsAbi } from '../abi/subscriptions.ts';
import type { Hex } from '../bytes.ts';
import { toErrorCode, type ErrorCode } from '../errors/catalogue.ts';

const REASONS = new Map<string, ErrorCode>();
for (const item of [...subscriptionsAbi, ...plansAbi]) {
  if (item.type !== 'error') continue;
  const code = toErrorCode(item.name);
  const signature = `${item.name}(${item.inputs.map(({ type }) => type).join(',')})`;
  if (code !== undefined) REASONS.set(toFunctionSelector(signature), code);
}

/** The code of the failure that `PaymentFailed` names by the selector of its error. */
export function findReasonOfSelector(selector: Hex): ErrorCode | undefined {
  return REASONS.get(selector.toLowerCase());
}
