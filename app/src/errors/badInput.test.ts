import {
  certificatesAbi,
  creditAbi,
  energyCertificateAbi,
  marketAbi,
  recomputationAbi,
  recourseAbi,
  registryAbi,
  verificationAbi,
} from '@truetonne/protocol';
import { zeroAddress, zeroHash } from 'viem';
import { contractCall } from '../transactions/transaction.ts';
import { testRefusals } from './testRefusals.ts';

const base = { address: zeroAddress } as const;
const dedication = {
  account: zeroAddress,
  commitment: zeroHash,
  beneficiary: '',
  purpose: '',
  periodFrom: 0,
  periodUntil: 0,
} as const;
const terms = { pricePerTonne: 0n, currency: 0, minimumGrams: 0n, expiresAt: 0 } as const;
const listing = { seller: zeroAddress, creditId: 1n, terms } as const;

const opine = contractCall({
  ...base,
  abi: verificationAbi,
  functionName: 'opine',
  args: [1n, zeroHash, []],
});
const mint = contractCall({ ...base, abi: registryAbi, functionName: 'mint', args: [1n] });
const retire = contractCall({
  ...base,
  abi: creditAbi,
  functionName: 'retireWithCertificate',
  args: [1n, 0n, dedication, zeroAddress],
});
const send = contractCall({
  ...base,
  abi: creditAbi,
  functionName: 'safeTransferFrom',
  args: [zeroAddress, zeroAddress, 1n, 1n, '0x'],
});
const buy = contractCall({
  ...base,
  abi: marketAbi,
  functionName: 'buyAndRetire',
  args: [listing, 1n, [], dedication, true],
});
const cure = contractCall({
  ...base,
  abi: recourseAbi,
  functionName: 'cure',
  args: [1, 0, 1n, 1n],
});
const cancel = contractCall({
  ...base,
  abi: energyCertificateAbi,
  functionName: 'cancel',
  args: [1n, 0n, '', ''],
});

const purpose = `0x${Buffer.from('purpose').toString('hex').padEnd(64, '0')}`;

testRefusals('bad input in the life of a credit', [
  {
    input: 'an opinion that is past its deadline',
    call: opine,
    by: verificationAbi,
    says: 'OpinionExpired',
    args: [zeroAddress, 1n, 2n],
    code: 'OPINION_EXPIRED',
  },
  {
    input: 'an opinion that was given before',
    call: opine,
    by: verificationAbi,
    says: 'OpinionRepeated',
    args: [1n, zeroAddress],
    code: 'OPINION_REPEATED',
  },
  {
    input: 'an opinion for another chain, contract or root',
    call: opine,
    by: verificationAbi,
    says: 'OpinionSignatureInvalid',
    args: [zeroAddress, zeroHash],
    code: 'OPINION_SIGNATURE_INVALID',
  },
  {
    input: 'an accreditation that lapsed between signing and submission',
    call: opine,
    by: verificationAbi,
    says: 'VerifierNotAccredited',
    args: [zeroAddress, 1n, 2n],
    code: 'VERIFIER_NOT_ACCREDITED',
  },
  {
    input: 'a retirement of nothing',
    call: retire,
    by: creditAbi,
    says: 'RetirementEmpty',
    args: [1n],
    code: 'RETIREMENT_EMPTY',
  },
  {
    input: 'a cancellation of nothing',
    call: cancel,
    by: energyCertificateAbi,
    says: 'CancellationEmpty',
    args: [1n],
    code: 'CANCELLATION_EMPTY',
  },
  {
    input: 'a purchase of nothing',
    call: buy,
    by: marketAbi,
    says: 'GramsZero',
    args: [],
    code: 'GRAMS_ZERO',
  },
  {
    input: 'credits beyond the balance, handed in for a debt',
    call: cure,
    by: creditAbi,
    says: 'ERC1155InsufficientBalance',
    args: [zeroAddress, 1n, 2n, 3n],
    code: 'ERC1155_INSUFFICIENT_BALANCE',
  },
  {
    input: 'more than what is owed',
    call: cure,
    by: recourseAbi,
    says: 'CureOutOfRange',
    args: [1, 2n, 1n],
    code: 'CURE_OUT_OF_RANGE',
  },
  {
    input: "a listing of someone else's credits",
    call: send,
    by: creditAbi,
    says: 'ERC1155MissingApprovalForAll',
    args: [zeroAddress, zeroAddress],
    code: 'ERC1155_MISSING_APPROVAL_FOR_ALL',
  },
  {
    input: 'a price of zero',
    call: send,
    by: marketAbi,
    says: 'PriceZero',
    args: [],
    code: 'PRICE_ZERO',
  },
  {
    input: 'a token without code',
    call: buy,
    by: marketAbi,
    says: 'TokenWithoutCode',
    args: [zeroAddress],
    code: 'TOKEN_WITHOUT_CODE',
  },
  {
    input: 'a certificate of 10 kB',
    call: buy,
    by: creditAbi,
    says: 'TextTooLong',
    args: [purpose, 10_240n, 256n],
    code: 'TEXT_TOO_LONG',
  },
  {
    input: 'a certificate that is not for the account',
    call: retire,
    by: certificatesAbi,
    says: 'NotCredit',
    args: [zeroAddress],
    code: 'NOT_CREDIT',
  },
  {
    input: 'grams below the smallest sale',
    call: buy,
    by: marketAbi,
    says: 'BelowMinimum',
    args: [zeroHash, 1n, 2n],
    code: 'BELOW_MINIMUM',
  },
  {
    input: 'energy of two vintages',
    call: mint,
    by: registryAbi,
    says: 'VintageSpan',
    args: [2024n, 2025n],
    code: 'VINTAGE_SPAN',
  },
  {
    input: 'a mint to an owner that takes no credits',
    call: mint,
    by: creditAbi,
    says: 'ERC1155InvalidReceiver',
    args: [zeroAddress],
    code: 'ERC1155_INVALID_RECEIVER',
  },
  {
    input: 'an answer of Functions that comes late',
    call: opine,
    by: recomputationAbi,
    says: 'AnswerLate',
    args: [zeroHash, 1],
    code: 'ANSWER_LATE',
  },
  {
    input: 'an answer of Functions that comes twice',
    call: opine,
    by: recomputationAbi,
    says: 'RequestUnknown',
    args: [zeroHash],
    code: 'REQUEST_UNKNOWN',
  },
  {
    input: 'an answer of Functions that is an error',
    call: opine,
    by: recomputationAbi,
    says: 'SourceFailed',
    args: ['0x00'],
    code: 'SOURCE_FAILED',
  },
  {
    input: 'an answer of Functions about another batch',
    call: opine,
    by: recomputationAbi,
    says: 'AnswerForeign',
    args: ['0x00'],
    code: 'ANSWER_FOREIGN',
  },
]);
