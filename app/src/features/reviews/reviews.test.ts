import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verificationAbi } from '@truetonne/protocol';
import { decodeFunctionData, encodeFunctionData, recoverTypedDataAddress } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import type { Judgements, Opinion, RecomputationShare, Verifier } from '../../api/indexer/index.ts';
import { findInterest, whyNotJudge, whyNoVerifier, type Case } from './mayJudge.ts';
import { checkReason, readReason } from './reason.ts';
import {
  opineTransaction,
  parseOpinionText,
  toOpinionText,
  typedOpinion,
  type OpinionDraft,
} from './signedOpinion.ts';
import { readShare } from './shares.ts';
import { missingToMint, mintWay, tallyOf, type Judged } from './standing.ts';

const owner = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const submitter = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const validator = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const judge = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
const verification = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const root = `0x${'ab'.repeat(32)}` as const;
const none = `0x${'00'.repeat(32)}` as const;

const project = {
  name: 'SERF East',
  owner,
  submitter,
  validatorAddress: validator,
  blocked: false,
  owedGrams: 0n,
  owedCertificates: 0n,
  methodology: { approvals: 2, recomputation: true, bufferBps: 0 },
} as const;
const waiting: Judged = {
  state: 'submitted',
  kind: 'carbon',
  grams: 5n,
  creditableWh: 7n,
  project,
};
const verified: Judged = { ...waiting, state: 'verified' };
const nobody = { approvals: 0, rejections: 0, recomputed: false };

const approval: Opinion = {
  id: 'a',
  batchId: 1_000_001n,
  verifierAddress: judge,
  verdict: 'approve',
  reasonHash: none,
  reasonUri: '',
  at: 10,
};

describe('what a batch still needs', () => {
  it('counts only what was said of this batch, and no opinion to void it', () => {
    const judgements: Judgements = {
      opinions: [
        approval,
        { ...approval, id: 'b', batchId: 2n },
        { ...approval, id: 'c', verdict: 'reject' },
        { ...approval, id: 'd', verdict: 'void' },
      ],
      recomputations: [
        { id: 'r', batchId: 1_000_001n, recomputer: judge, agrees: false, at: 11 },
        { id: 's', batchId: 2n, recomputer: judge, agrees: true, at: 11 },
      ],
      shares: [],
    };
    const expected = { approvals: 1, rejections: 1, recomputed: false };
    assert.deepEqual(tallyOf(1_000_001n, judgements), expected);
  });

  it('names each missing approval and the recomputation', () => {
    assert.match(missingToMint(waiting, nobody).join(' '), /2 more verifiers.*recomputation/);
    const nearly = { ...nobody, approvals: 1, recomputed: true };
    assert.deepEqual(missingToMint(waiting, nearly), ['One more verifier has to approve it.']);
  });

  it('is nothing once it is verified, unless the project is blocked or nothing is credited', () => {
    assert.deepEqual(missingToMint(verified, nobody), []);
    const blocked = { ...verified, project: { ...project, blocked: true } };
    assert.match(missingToMint(blocked, nobody).join(), /void .* is announced/);
    const owing = { ...verified, project: { ...project, blocked: true, owedGrams: 1n } };
    assert.match(missingToMint(owing, nobody).join(), /owes/);
    assert.match(missingToMint({ ...verified, grams: 0n }, nobody).join(), /nothing to mint/);
  });

  it('can be minted for the debt of its own kind, and in no other way while that stands', () => {
    const owing = { ...verified, project: { ...project, blocked: true, owedGrams: 1n } };
    assert.equal(mintWay(verified, nobody), 'mint');
    assert.equal(mintWay(owing, nobody), 'mintForDebt');
    assert.equal(mintWay({ ...owing, kind: 'energy' }, nobody), undefined);
    const both = { ...owing, project: { ...owing.project, owedCertificates: 1n } };
    assert.equal(mintWay(both, nobody), undefined);
    assert.match(missingToMint(both, nobody).join(), /one of the debts is cured first/);
    assert.equal(mintWay({ ...owing, grams: 0n }, nobody), undefined);
    assert.equal(mintWay(waiting, nobody), undefined);
  });

  it('does not take an energy batch without grams for an empty one', () => {
    assert.deepEqual(missingToMint({ ...verified, kind: 'energy', grams: 0n }, nobody), []);
  });
});

describe('whether a wallet may judge', () => {
  const verifier: Verifier = {
    address: judge,
    role: 'verifier',
    accreditedFrom: 100,
    accreditedUntil: 200,
  };
  const batch = { id: 1_000_001n, state: 'submitted', project } as const;
  const asked: Case = { account: judge, batch, verifier, opinions: [], now: 150 };

  it('says which part it has in the project', () => {
    assert.match(findInterest(owner, batch) ?? '', /owns/);
    assert.match(findInterest(submitter, batch) ?? '', /submits/);
    assert.match(findInterest(validator, batch) ?? '', /validated/);
    assert.equal(findInterest(judge, batch), undefined);
  });

  it('holds from the first to the last second of the accreditation', () => {
    for (const now of [100, 200]) assert.equal(whyNoVerifier(verifier, now), undefined);
    assert.match(whyNoVerifier(verifier, 99) ?? '', /begins/);
    assert.match(whyNoVerifier(verifier, 201) ?? '', /ended/);
    assert.match(whyNoVerifier(null, 150) ?? '', /not accredited/);
    assert.match(whyNoVerifier({ ...verifier, role: 'recomputer' }, 150) ?? '', /recompute/);
  });

  it('is once per batch, while it waits', () => {
    assert.equal(whyNotJudge(asked), undefined);
    assert.match(whyNotJudge({ ...asked, opinions: [approval] }) ?? '', /gave its opinion/);
    const decided = { ...asked, batch: { ...batch, state: 'verified' } } as const;
    assert.match(whyNotJudge(decided) ?? '', /decided/);
  });
});

describe('a reason', () => {
  it('travels with the opinion and is read back', () => {
    const words = 'Export of 3 July exceeds the irradiance: 12 > 9 kWh/m²';
    const checked = checkReason(` ${words} `, 'reject');
    assert.ok(checked.ok);
    assert.deepEqual(readReason(checked.value), { kind: 'words', words });
  });

  it('is not shown when it is not what was signed', () => {
    const checked = checkReason('Honest words', 'reject');
    assert.ok(checked.ok);
    const reasonUri = checked.value.reasonUri.replace('Honest', 'Forged');
    assert.deepEqual(readReason({ ...checked.value, reasonUri }), { kind: 'false' });
    const broken = { ...checked.value, reasonUri: 'data:;charset=utf-8,%E0%A4%A' };
    assert.deepEqual(readReason(broken), { kind: 'false' });
  });

  it('is needed for a rejection, and fits the 256 bytes of the contract', () => {
    assert.equal(checkReason('  ', 'reject').ok, false);
    assert.deepEqual(checkReason('', 'approve'), {
      ok: true,
      value: { reasonHash: none, reasonUri: '' },
    });
    assert.equal(checkReason('x'.repeat(236), 'reject').ok, true);
    assert.equal(checkReason('x'.repeat(237), 'reject').ok, false);
    assert.equal(checkReason('\ud800', 'reject').ok, false);
  });
});

describe('an opinion', () => {
  const counting = { verification, recourse: `0x${'7e'.repeat(20)}` } as const;
  const reason = checkReason('Checked', 'approve');
  assert.ok(reason.ok);
  const draft: OpinionDraft = {
    verifier: judge,
    batchId: 1_000_001n,
    root,
    verdict: 'approve',
    round: 0,
    deadline: 1_800_000_000,
    ...reason.value,
  };

  it('is signed for one chain and one contract, and goes to it as it was signed', async () => {
    const account = mnemonicToAccount(
      'test test test test test test test test test test test junk',
      { addressIndex: 8 },
    );
    const typed = typedOpinion(draft, 31337, counting);
    const signature = await account.signTypedData(typed);
    assert.equal(await recoverTypedDataAddress({ ...typed, signature }), judge);
    const elsewhere = typedOpinion(draft, 1, counting);
    assert.notEqual(await recoverTypedDataAddress({ ...elsewhere, signature }), judge);

    const signed = { ...draft, signature };
    const { call } = opineTransaction(counting, signed);
    const data = encodeFunctionData(call);
    const { args } = decodeFunctionData({ abi: verificationAbi, data });
    const { reasonHash, reasonUri, deadline } = draft;
    const sent = { verifier: judge, verdict: 1, deadline, reasonHash, reasonUri, signature };
    assert.deepEqual(args, [1_000_001n, root, [sent]]);
  });

  it('that a batch is wrong goes to recourse, for one round', () => {
    const wrong = { ...draft, verdict: 'void', round: 2 } as const;
    const typed = typedOpinion(wrong, 31337, counting);
    assert.equal(typed.domain.verifyingContract, counting.recourse);
    assert.equal(typed.message.round, 2);
    const { call } = opineTransaction(counting, { ...wrong, signature: '0x12' });
    assert.equal(call.address, counting.recourse);
    assert.equal(call.functionName, 'announceVoid');
  });

  it('survives the way to whoever submits it', () => {
    const signed = { ...draft, verifier: owner, signature: '0x1234' } as const;
    assert.deepEqual(parseOpinionText(toOpinionText(signed)), signed);
    assert.throws(() => parseOpinionText('{"batchId":"1"}'));
    assert.throws(() => parseOpinionText('no'));
  });
});

describe('a share of a recomputation', () => {
  const asked: RecomputationShare = {
    requestId: none,
    batchId: 1_000_001n,
    share: 0,
    shares: 2,
    state: 'asked',
    code: undefined,
    at: 1_000,
  };

  it('waits for five minutes, and then says that it can be asked for again', () => {
    assert.deepEqual(readShare(asked, 1_300), ['warn', 'Share 1 of 2 asked, no answer yet', '']);
    const [tone, what, why] = readShare(asked, 1_301);
    assert.deepEqual([tone, what], ['plain', 'Share 1 of 2 never answered']);
    assert.match(why, /asked for again/);
  });

  it('says why it is no verdict, and that it can be asked for again', () => {
    const failed = { ...asked, state: 'inconclusive', code: 'FILE_MISSING' } as const;
    assert.match(readShare(failed, 9_999)[2], /\w.*\. It can be asked for again\.$/);
    assert.doesNotMatch(readShare({ ...asked, state: 'agreed' }, 9_999)[2], /again/);
  });
});
