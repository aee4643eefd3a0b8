import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recomputationAbi, verificationAbi } from '@truetonne/protocol';
import { encodeErrorResult, stringToHex } from 'viem';
import { codeOfReason, codeOfWord } from './recomputation.ts';

test('A code is read from its word', () => {
  assert.equal(codeOfWord(stringToHex('GRAMS_MISMATCH', { size: 32 })), 'GRAMS_MISMATCH');
});

test('Of an error of the source what it said is shown, of others their code', () => {
  const source = encodeErrorResult({
    abi: recomputationAbi,
    errorName: 'SourceFailed',
    args: [stringToHex('FILE_MISSING')],
  });
  assert.equal(codeOfReason(source), 'FILE_MISSING');
  const late = encodeErrorResult({
    abi: recomputationAbi,
    errorName: 'AnswerLate',
    args: [`0x${'11'.repeat(32)}`, 1],
  });
  assert.equal(codeOfReason(late), 'ANSWER_LATE');
  const decided = encodeErrorResult({
    abi: verificationAbi,
    errorName: 'BatchNotOpen',
    args: [1_000_001n],
  });
  assert.equal(codeOfReason(decided), 'BATCH_NOT_OPEN');
});

test('What is no known error stays as it is', () => {
  assert.equal(codeOfReason('0x'), '0x');
  assert.equal(codeOfReason('0x12345678'), '0x12345678');
});
