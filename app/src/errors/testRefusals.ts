import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CATALOGUE, type ErrorCode } from '@truetonne/protocol';
import {
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  type Abi,
} from 'viem';
import type { ContractCall } from '../transactions/transaction.ts';
import { explain } from './explain.ts';

export interface Refusal {
  readonly input: string;
  readonly call: ContractCall;
  /** The contract that says no: often not the one that is called. */
  readonly by: Abi;
  readonly says: string;
  readonly args: readonly unknown[];
  readonly code: ErrorCode;
}

/** That a page says of each what was wrong and what to do, in the words of the catalogue. */
export function testRefusals(what: string, refusals: readonly Refusal[]): void {
  void describe(what, () => {
    for (const one of refusals) {
      void it(`${one.input}: the page says what was wrong and what to do`, () => {
        const { code, title, todo } = explain(refused(one));
        assert.equal(code, one.code);
        const known = CATALOGUE[one.code];
        assert.deepEqual({ title, todo }, { title: known.title, todo: known.todo });
      });
    }
  });
}

/** What viem throws when a simulated call is answered with that error. */
function refused({ call, by, says, args }: Refusal): Error {
  const data = encodeErrorResult({ abi: by, errorName: says, args });
  const { abi, functionName } = call;
  const cause = new ContractFunctionRevertedError({ abi, data, functionName });
  return new ContractFunctionExecutionError(cause, { abi, functionName, args: call.args });
}
