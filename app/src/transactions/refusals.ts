import {
  certificatesAbi,
  creditAbi,
  energyCertificateAbi,
  inventoryAnchorAbi,
  marketAbi,
  plansAbi,
  recomputationAbi,
  recourseAbi,
  registryAbi,
  subscriptionsAbi,
  verificationAbi,
} from '@truetonne/protocol';
import type { Abi, AbiParameter } from 'viem';

interface AbiError {
  readonly type: 'error';
  readonly name: string;
  readonly inputs: readonly AbiParameter[];
}

const ABIS: readonly Abi[] = [
  registryAbi,
  creditAbi,
  energyCertificateAbi,
  verificationAbi,
  recourseAbi,
  recomputationAbi,
  certificatesAbi,
  marketAbi,
  plansAbi,
  subscriptionsAbi,
  inventoryAnchorAbi,
];

/** The custom errors of all contracts. */
export const REFUSALS: readonly AbiError[] = ABIS.flat().flatMap((entry) =>
  entry.type === 'error' ? [entry] : [],
);
