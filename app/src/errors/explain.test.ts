import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import {
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  HttpRequestError,
  parseAbi,
  UserRejectedRequestError,
} from 'viem';
import { Problem, ShapeError, Unreachable } from '../api/index.ts';
import { explain, explainRevert, findWayOut } from './explain.ts';

const abi = parseAbi([
  'error BatchAlreadyMinted(uint64 batchId)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 id)',
  'error Surprise()',
  'function mint(uint64 batchId)',
]);

function revert(errorName: 'BatchAlreadyMinted', args: readonly [bigint]): Error {
  const data = encodeErrorResult({ abi, errorName, args });
  const cause = new ContractFunctionRevertedError({ abi, data, functionName: 'mint' });
  return new ContractFunctionExecutionError(cause, { abi, functionName: 'mint', args });
}

describe('explaining a failure', () => {
  it("turns a contract's custom error into the catalogue's words with its values", () => {
    const explanation = explain(revert('BatchAlreadyMinted', [1_000_001n]));
    assert.equal(explanation.code, 'BATCH_ALREADY_MINTED');
    assert.match(explanation.title, /were minted before/);
    assert.equal(explanation.detail, 'batchId = 1000001');
  });

  it("knows OpenZeppelin's own errors", () => {
    const { code } = explainRevert('ERC1155InsufficientBalance', [], []);
    assert.equal(code, 'ERC1155_INSUFFICIENT_BALANCE');
  });

  it('names an error that the catalogue lacks', () => {
    const { code, title } = explainRevert('Surprise', [], []);
    assert.equal(code, 'Surprise');
    assert.match(title, /Surprise/);
  });

  it('reads the name of a field out of its 32 bytes', () => {
    const field = `0x${Buffer.from('purpose').toString('hex').padEnd(64, '0')}`;
    const { detail } = explainRevert('Surprise', [field, 300n], ['field', 'length']);
    assert.equal(detail, 'field = purpose, length = 300');
  });

  it('writes moments with their date, and amounts as they are', () => {
    const { detail } = explainRevert(
      'Surprise',
      [1_764_374_400n, 1_764_374_400n, '0x0000000000000000000000000000000000000001'],
      ['expiresAt', 'amount', 'from'],
    );
    assert.equal(
      detail,
      'expiresAt = 1764374400 (2025-11-29 00:00:00 UTC), amount = 1764374400, from = 0x0000000000000000000000000000000000000001',
    );
  });

  it('leaves a hash as it is', () => {
    const hash = `0x${'ab'.repeat(32)}`;
    assert.equal(explainRevert('Surprise', [hash], ['root']).detail, `root = ${hash}`);
  });

  it('tells a rejection in the wallet from a failure', () => {
    assert.equal(explain(new UserRejectedRequestError(new Error('no'))).code, 'USER_REJECTED');
  });

  it('tells that the chain, or which service, is silent', () => {
    const silent = new HttpRequestError({ url: 'http://127.0.0.1:1' });
    assert.equal(explain(silent).code, 'CHAIN_UNREACHABLE');
    assert.match(explain(new Unreachable('The oracle', undefined)).title, /The oracle can't/);
  });

  it('keeps the code and the detail of a problem', () => {
    const problem = new Problem(404, 'BATCH_UNKNOWN', 'No batch', 'batch 7');
    assert.deepEqual(explain(problem).code, 'BATCH_UNKNOWN');
    assert.equal(explain(problem).detail, 'batch 7');
    assert.equal(
      explain(new Problem(500, 'HTTP_500', 'It answered 500', undefined)).code,
      'HTTP_500',
    );
  });

  it('shows field, value and what was expected of an error of ours', () => {
    const error = new TonneError('ROOT_MISMATCH', { field: 'root', value: '1', expected: '2' });
    assert.equal(explain(error).detail, 'root = 1; expected 2');
  });

  it('says which part of an answer has another shape', () => {
    assert.match(explain(new ShapeError('device.id', 'hex', 7)).detail ?? '', /device\.id/);
  });

  it('has words for anything else', () => {
    assert.equal(explain('odd').code, 'INTERNAL');
    assert.equal(explain(new Error('odd')).detail, 'odd');
  });
});

describe('the way out of a refusal', () => {
  it('is the plans where a plan gives no more, and nowhere for anything else', () => {
    const code = (name: string) => ({ code: name });
    assert.equal(findWayOut(code('ENTITLEMENT_DEVICES')), '/plans');
    assert.equal(findWayOut(code('ENTITLEMENT_API_CALLS')), '/plans');
    assert.equal(findWayOut(code('BATCH_ALREADY_MINTED')), undefined);
  });
});
