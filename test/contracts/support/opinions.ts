import { parseEventLogs, type Address, type Hex } from 'viem';

import { registryAbi } from '../../../protocol/src/abi/registry.ts';

import {
  register,
  submissionOf,
  validate,
  claim,
  close,
  ROOT,
  DAY,
  DEVICE_W,
  YEAR_2026,
} from './world.ts';
import type { Wallet, World } from './world.ts';

export const VERIFIER = 3;
export const RECOMPUTER = 4;
export const FOREVER = 2 ** 40 - 1;
export const REASONS: Hex = `0x${'33'.repeat(32)}`;

/** Numbers of `Verdict`. */
export const VERDICT = { approve: 1, reject: 2, void: 3 } as const;

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

/** What is signed, and what may differ between what is signed and what is sent. */
interface OpinionFields {
  readonly verifier: Address;
  readonly batchId: bigint;
  readonly root: Hex;
  readonly verdict: number;
  readonly round: number;
  readonly reasonHash: Hex;
  readonly reasonUri: string;
  readonly deadline: number;
}

/** Whose contract is asked; the domain of the signature. */
interface Counted {
  readonly contract: Address;
  readonly chainId: number;
}

/** Signs typed data as a wallet does. */
export function signOpinion(wallet: Wallet, { contract, chainId }: Counted, fields: OpinionFields) {
  return wallet.signTypedData({
    domain: { name: 'TrueTonne', version: '1', chainId, verifyingContract: contract },
    types: OPINION_TYPES,
    primaryType: 'Opinion',
    message: fields,
  });
}

/** An approval of the first batch of project 1 with the tests' root, unless told otherwise. */
export async function opinionOf(
  world: World,
  wallet: Wallet,
  changes: Partial<OpinionFields & Counted> = {},
) {
  const verdict = changes.verdict ?? VERDICT.approve;
  const fields = {
    verifier: wallet.account.address,
    batchId: 1_000_001n,
    root: ROOT,
    verdict,
    round: 0,
    reasonHash: REASONS,
    reasonUri: 'https://example.org/reasons',
    deadline: FOREVER,
    ...changes,
  };
  const isVoid = verdict === VERDICT.void;
  const contract = isVoid ? world.contracts.recourse : world.contracts.verification;
  const counted = { contract, chainId: 31_337, ...changes };
  return {
    verifier: fields.verifier,
    verdict,
    deadline: fields.deadline,
    reasonHash: fields.reasonHash,
    reasonUri: fields.reasonUri,
    signature: await signOpinion(wallet, counted, fields),
  };
}

interface Demands {
  readonly approvals: number;
  readonly recomputation: boolean;
  readonly bufferBps: number;
}

/** Accredits wallets as verifiers, for good unless told until when. */
export async function accredit(world: World, wallets: readonly Wallet[], until = FOREVER) {
  const { write } = world.verificationOf(world.actors.admin);
  for (const wallet of wallets) {
    await world.mined(write.accredit([wallet.account.address, VERIFIER, until]));
  }
}

/** A validated plant with one device under a methodology version with these demands. */
export async function createDemandingPlant(world: World, demands: Demands) {
  const version = ['GCCM001', 'v4', ROOT, 0, FOREVER, demands] as const;
  const { logs } = await world.mined(world.registry.write.publishMethodology(version));
  const [published] = parseEventLogs({ abi: registryAbi, eventName: 'MethodologyPublished', logs });
  if (published === undefined) throw new Error('no MethodologyPublished');
  const { methodologyId } = published.args;
  const projectId = await register(world, { methodologyId });
  await validate(world, projectId);
  const device = await claim(world);
  const owner = world.registryOf(world.actors.owner);
  await world.mined(owner.write.bindDevice([device.id, projectId, DEVICE_W]));
  /** Submits a batch that ends on the given day of 2026, with all that was exported by then. */
  const submit = async (day: number, exportWh: bigint) => {
    const closedAt = YEAR_2026 + day * DAY;
    const { write } = world.registryOf(world.actors.submitter);
    const state = { sequence: day, openedAt: closedAt - 900, closedAt, exportWh };
    await world.mined(
      write.submit([submissionOf(projectId, { periodEnd: closedAt }), close(world, device, state)]),
    );
  };
  return { projectId, device, submit };
}
