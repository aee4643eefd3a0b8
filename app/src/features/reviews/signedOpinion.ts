/** An opinion as a verifier's wallet signs it (EIP-712, `contracts/parts/Opinions.sol`). */
import { recourseAbi, verificationAbi } from '@truetonne/protocol';
import type { Address, Hex } from 'viem';
import { address, big, hex, integer, object, oneOf, text } from '../../api/parse.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { dateTime } from '../../ui/format.ts';
import { readReason, type ChosenVerdict, type Reason } from './reason.ts';

/** Of the contracts' `Verdict`. */
const VERDICTS = { approve: 1, reject: 2, void: 3 } as const;

const OPINION_TYPES = {
  Opinion: [
    { name: 'verifier', type: 'address' },
    { name: 'batchId', type: 'uint64' },
    { name: 'root', type: 'bytes32' },
    { name: 'verdict', type: 'uint8' },
    { name: 'round', type: 'uint8' },
    { name: 'reasonHash', type: 'bytes32' },
    { name: 'reasonUri', type: 'string' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const;

export interface OpinionDraft extends Reason {
  readonly verifier: Address;
  readonly batchId: bigint;
  readonly root: Hex;
  readonly verdict: ChosenVerdict;
  /** How often the void of the batch was cancelled before; 0 for other verdicts. */
  readonly round: number;
  /** Last second in which it may be submitted. */
  readonly deadline: number;
}

/** Who counts opinions: those on what was submitted, and those that it is to be voided. */
export interface Counting {
  readonly verification: Address;
  readonly recourse: Address;
}

function counterOf({ verification, recourse }: Counting, verdict: ChosenVerdict): Address {
  return verdict === 'void' ? recourse : verification;
}

/** What the wallet shows and signs. */
export function typedOpinion(draft: OpinionDraft, chainId: number, counting: Counting) {
  const { verifier, batchId, root, round, reasonHash, reasonUri, deadline } = draft;
  const verdict = VERDICTS[draft.verdict];
  const verifyingContract = counterOf(counting, draft.verdict);
  return {
    domain: { name: 'TrueTonne', version: '1', chainId, verifyingContract },
    types: OPINION_TYPES,
    primaryType: 'Opinion',
    message: { verifier, batchId, root, verdict, round, reasonHash, reasonUri, deadline },
  } as const;
}

export interface SignedOpinion extends OpinionDraft {
  readonly signature: Hex;
}

const signedOpinion = object({
  batchId: big,
  root: hex,
  verdict: oneOf('approve', 'reject', 'void'),
  round: integer,
  deadline: integer,
  reasonHash: hex,
  reasonUri: text,
  verifier: address,
  signature: hex,
});

/** As text that a verifier hands to whoever submits it. */
export function toOpinionText(signed: SignedOpinion): string {
  return JSON.stringify({ ...signed, batchId: String(signed.batchId) }, undefined, 2);
}

/**
 * Reads such a text. Whether the signature is the verifier's is for the contract to say.
 *
 * @throws SyntaxError or ShapeError
 */
export function parseOpinionText(input: string): SignedOpinion {
  const value: unknown = JSON.parse(input);
  return signedOpinion(value, 'opinion');
}

function saidReason(reason: Reason): string {
  const read = readReason(reason);
  switch (read.kind) {
    case 'none':
      return 'none';
    case 'words':
      return read.words;
    case 'elsewhere':
      return read.uri;
    case 'false':
      return 'the text is not the one that was signed';
  }
}

const WORDS = {
  approve: {
    says: 'Approved: it may count',
    action: 'Submit the approval',
    done: 'The approval counts',
  },
  reject: {
    says: 'Rejected: it must not count',
    action: 'Submit the rejection',
    done: 'The rejection counts',
  },
  void: {
    says: 'Wrong: it is to be voided',
    action: 'Submit the opinion to void it',
    done: 'The opinion to void it counts',
  },
} as const;

/** Hands a signed opinion in. Anyone may: what counts is who signed. */
export function opineTransaction(counting: Counting, signed: SignedOpinion): Transaction {
  const { batchId, root, verdict, deadline, reasonHash, reasonUri, verifier, signature } = signed;
  const { says, action, done } = WORDS[verdict];
  const carried = { verifier, deadline, reasonHash, reasonUri, signature };
  const args = [batchId, root, [{ ...carried, verdict: VERDICTS[verdict] }]] as const;
  return {
    title: `Submit an opinion on batch ${String(batchId)}`,
    effects: [
      { label: 'Says', value: says },
      { label: 'Reason', value: saidReason(signed) },
      { label: 'Signed by', value: verifier, wide: true },
      { label: 'Valid until', value: dateTime(deadline) },
    ],
    warning: 'A verifier has one opinion on a batch: it can never be changed.',
    action,
    done,
    call:
      verdict === 'void'
        ? contractCall({
            address: counting.recourse,
            abi: recourseAbi,
            functionName: 'announceVoid',
            args,
          })
        : contractCall({
            address: counting.verification,
            abi: verificationAbi,
            functionName: 'opine',
            args,
          }),
  };
}
