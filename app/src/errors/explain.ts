import {
  CATALOGUE,
  isErrorCode,
  TonneError,
  toErrorCode,
  type ErrorCode,
} from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  HttpRequestError,
  InsufficientFundsError,
  UserRejectedRequestError,
} from 'viem';
import { Problem, ShapeError, Unreachable } from '../api/index.ts';

/** What went wrong, in words of the catalogue, and what to do. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly todo: string;
  /** The values that made it fail. */
  readonly detail?: string | undefined;
}

/** Where a person goes to lift a limit of the plan; `undefined` for every other failure. */
export function findWayOut({ code }: Pick<Explanation, 'code'>): string | undefined {
  return code.startsWith('ENTITLEMENT_') ? '/plans' : undefined;
}

function ofCode(code: ErrorCode, detail?: string): Explanation {
  return { code, title: CATALOGUE[code].title, todo: CATALOGUE[code].todo, detail };
}

/** How the contracts name moments, which are Unix seconds. */
const MOMENT = /(?:At|From|Until)$|^(?:from|until|time|deadline|latest|blockTimestamp)$/;
/** Of 2001 to 2106: what is no moment, such as an address, is out of them. */
const SECONDS = /^[1-4]\d{9}$/;

/**
 * A moment with its date; a `bytes32` that holds an ASCII name, such as the field of TextTooLong, as that name.
 */
function readable(name: string, value: unknown): string {
  const text = String(value);
  if (MOMENT.test(name) && SECONDS.test(text)) {
    const date = new Date(Number(text) * 1000).toISOString();
    return `${text} (${date.slice(0, 10)} ${date.slice(11, 19)} UTC)`;
  }
  const match = /^0x((?:[2-7][0-9a-f])+?)(?:00)+$/.exec(text);
  if (match?.[1] === undefined || text.length !== 66) return text;
  return match[1].replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

/** The custom error of a contract with the values it carries. */
export function explainRevert(
  name: string,
  args: readonly unknown[],
  names: readonly (string | undefined)[],
): Explanation {
  const values = args.map((value, index) => {
    const name = names[index] ?? `value ${index + 1}`;
    return `${name} = ${readable(name, value)}`;
  });
  const detail = values.length === 0 ? undefined : values.join(', ');
  const code = toErrorCode(name);
  if (code !== undefined) return ofCode(code, detail);
  return {
    code: name,
    title: `The contract refused: ${name}`,
    todo: 'Nothing was changed.',
    detail,
  };
}

function explainChainError(error: BaseError): Explanation {
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (reverted instanceof ContractFunctionRevertedError && reverted.data !== undefined) {
    const { errorName, args = [], abiItem } = reverted.data;
    const names = abiItem.type === 'error' ? abiItem.inputs.map((input) => input.name) : [];
    return explainRevert(errorName, args, names);
  }
  if (error.walk((cause) => cause instanceof UserRejectedRequestError) !== null) {
    return {
      code: 'USER_REJECTED',
      title: 'Rejected in the wallet',
      todo: 'Nothing was sent. Try again when you like.',
    };
  }
  if (error.walk((cause) => cause instanceof InsufficientFundsError) !== null) {
    return {
      code: 'INSUFFICIENT_FUNDS',
      title: 'The wallet has too little of the network’s coin for what is sent and the fee',
      todo: 'Add some and try again.',
    };
  }
  if (error.walk((cause) => cause instanceof HttpRequestError) !== null) {
    return {
      code: 'CHAIN_UNREACHABLE',
      title: CATALOGUE.CHAIN_UNREACHABLE.title,
      todo: 'Try again when the node answers.',
    };
  }
  return { code: error.name, title: error.shortMessage, todo: 'Nothing was changed. Try again.' };
}

/** Turns whatever was thrown into words for a person. */
export function explain(error: unknown): Explanation {
  if (error instanceof TonneError) {
    const { field, value, expected } = error.details;
    const parts = [
      field === undefined ? undefined : `${field}${value === undefined ? '' : ` = ${value}`}`,
      expected === undefined ? undefined : `expected ${expected}`,
    ].filter((part) => part !== undefined);
    return ofCode(error.code, parts.length === 0 ? undefined : parts.join('; '));
  }
  if (error instanceof Problem) {
    if (isErrorCode(error.code)) return ofCode(error.code, error.detail);
    return { code: error.code, title: error.message, todo: 'Try again.', detail: error.detail };
  }
  if (error instanceof Unreachable) {
    return {
      code: 'SERVICE_UNREACHABLE',
      title: `${error.service} can't be reached`,
      todo: 'Try again when it runs.',
    };
  }
  if (error instanceof ShapeError) {
    return {
      code: 'ANSWER_UNEXPECTED',
      title: 'A service answered in a form that this page does not know',
      todo: 'Reload the page; it may be older than the service.',
      detail: error.message,
    };
  }
  if (error instanceof BaseError) return explainChainError(error);
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', title: CATALOGUE.INTERNAL.title, todo: 'Reload the page.', detail };
}
