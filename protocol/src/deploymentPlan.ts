import { getContractAddress } from 'viem';
import type { Hex } from './bytes.ts';

/** A contract that is still to be deployed. */
export interface PlannedContract {
  /** As under contracts/. */
  readonly name: string;
  /** Where it will be. */
  readonly address: Hex;
  /** Of its constructor. */
  readonly args: readonly unknown[];
}

/** Where each of the contracts is that credits live in. */
export interface CreditContracts {
  readonly registry: Hex;
  readonly credit: Hex;
  readonly energyCertificate: Hex;
  readonly verification: Hex;
  readonly recourse: Hex;
  readonly readings: Hex;
}

interface DeploymentTerms {
  /** Sends every transaction of the deployment. */
  readonly deployer: Hex;
  /** Of the first transaction; the others follow one by one. */
  readonly firstNonce: number;
  /** Publishes methodologies, accredits and pauses. */
  readonly admin: Hex;
  /** Between the announcement of an accreditation, or a void, and its effect, seconds. */
  readonly noticeS: number;
}

/**
 * The contracts in the order in which they are deployed. They know each other for good, so each is told
 * where the others will be: an account's contracts have the addresses that its nonces say.
 */
export function planContracts(terms: DeploymentTerms): {
  readonly at: CreditContracts;
  readonly contracts: readonly PlannedContract[];
} {
  const { deployer, firstNonce, admin, noticeS } = terms;
  const addressOf = (index: number): Hex =>
    getContractAddress({ from: deployer, nonce: BigInt(firstNonce + index) });
  const at: CreditContracts = {
    registry: addressOf(0),
    credit: addressOf(1),
    energyCertificate: addressOf(2),
    verification: addressOf(3),
    recourse: addressOf(4),
    readings: addressOf(5),
  };
  const { registry, credit, energyCertificate, verification, recourse, readings } = at;
  const counterparts = { verification, credit, energyCertificate, recourse };
  const judged = [registry, verification, credit, energyCertificate];
  const contracts = [
    { name: 'TonneRegistry', address: registry, args: [admin, noticeS, counterparts] },
    { name: 'CarbonCredit', address: credit, args: [registry, recourse] },
    { name: 'EnergyCertificate', address: energyCertificate, args: [registry, recourse] },
    { name: 'TonneVerification', address: verification, args: [registry] },
    { name: 'TonneRecourse', address: recourse, args: judged },
    { name: 'TonneReadings', address: readings, args: [registry] },
  ];
  return { at, contracts };
}
