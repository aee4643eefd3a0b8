/** An opinion as a verifier's wallet signs it (EIP-712, `contracts/parts/Opinions.sol`). */
import { verificationAbi } from '@truetonne/protocol';
import type { Address, Hex } from 'viem';
import { address, big, hex, integer, object, oneOf, text } from '../../api/parse.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { dateTime } from '../../ui/format.ts';
import { readReason, type ChosenVerdict, type Reason } from './reason.ts';

/** Of the contracts' `Verdict`. */
const VERDICTS = { approve: 1, reject: 2 } as const;
/** Only opinions to void are counted in rounds. */
const ROUND = 0;

const OPINION_TYPES = {
  Opinion: [
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
  readonly batchId: bigint;
  readonly root: Hex;
  readonly verdict: ChosenVerdict;
  /** Last second in which it may be submitted. */
  readonly deadline: number;
}

/** What the wallet shows and signs. */
export function typedOpinion(draft: OpinionDraft, chainId: number, verification: Address) {
  const { batchId, root, reasonHash, reasonUri, deadline } = draft;
  const verdict = VERDICTS[draft.verdict];
  return {
    domain: { name: 'TrueTonne', version: '1', chainId, verifyingContract: verification },
    types: OPINION_TYPES,
    primaryType: 'Opinion',
    message: { batchId, root, verdict, round: ROUND, reasonHash, reasonUri, deadline },
  } as const;
}

export interface SignedOpinion extends OpinionDraft {
  readonly verifier: Address;
  readonly signature: Hex;
}

const signedOpinion = object({
  batchId: big,
  root: hex,
  verdict: oneOf('approve', 'reject'),
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

/** Hands a signed opinion in. Anyone may: what counts is who signed. */
export function opineTransaction(verification: Address, signed: SignedOpinion): Transaction {
  const { batchId, root, verdict, deadline, reasonHash, reasonUri, verifier, signature } = signed;
  const approves = verdict === 'approve';
  const carried = { verifier, deadline, reasonHash, reasonUri, signature };
  return {
    title: `Submit an opinion on batch ${String(batchId)}`,
    effects: [
      { label: 'Says', value: approves ? 'Approved: it may count' : 'Rejected: it must not count' },
      { label: 'Reason', value: saidReason(signed) },
      { label: 'Signed by', value: verifier, wide: true },
      { label: 'Valid until', value: dateTime(deadline) },
    ],
    warning: 'A verifier has one opinion on a batch: it can never be changed.',
    action: approves ? 'Submit the approval' : 'Submit the rejection',
    done: approves ? 'The approval counts' : 'The rejection counts',
    call: contractCall({
      address: verification,
      abi: verificationAbi,
      functionName: 'opine',
      args: [batchId, root, [{ ...carried, verdict: VERDICTS[verdict] }]],
    }),
  };
}
