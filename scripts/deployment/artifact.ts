import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { encodeDeployData, isHex, type Abi, type Address, type Hex } from 'viem';

import type { PlannedContract } from '../../protocol/src/index.ts';
import { ROOT } from '../lib/paths.ts';

/** A compiled contract. */
export interface Artifact {
  readonly abi: Abi;
  /** What creates the contract, without arguments. */
  readonly bytecode: Hex;
  /** What stays on the chain. */
  readonly deployedBytecode: Hex;
}

/** A contract that Hardhat compiled, by its name under contracts/, such as `mocks/PlainErc1155`. */
export function readCompiled(name: string): Promise<Artifact> {
  return readArtifact(join(ROOT, `artifacts/contracts/${name}.sol/${basename(name)}.json`));
}

/** A compiled contract from its JSON file. Throws when the file is something else. */
export async function readArtifact(path: string): Promise<Artifact> {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isArtifact(parsed)) throw new Error(`${path} is no artifact of a contract`);
  return parsed;
}

function isArtifact(value: unknown): value is Artifact {
  if (typeof value !== 'object' || value === null) return false;
  if (!('abi' in value && 'bytecode' in value && 'deployedBytecode' in value)) return false;
  return Array.isArray(value.abi) && isHex(value.bytecode) && isHex(value.deployedBytecode);
}

/** Who has which office in the contracts. */
export interface Roles {
  /** Publishes methodologies, accredits validators and verifiers, pauses, cancels voids. */
  readonly admin: Address;
  /** Sells subscriptions. */
  readonly operator: Address;
  /** Where earned money goes. */
  readonly treasury: Address;
  /** Decides disputes. */
  readonly arbiter: Address;
}

/** What creates a planned contract: compiled code and the constructor's arguments. */
export async function readCreationCode({ name, args }: PlannedContract): Promise<Hex> {
  const { abi, bytecode } = await readCompiled(name);
  return encodeDeployData({ abi, bytecode, args: [...args] });
}

/** What creates the contracts of subscriptions. */
export async function readSubscriptionsCode(roles: Omit<Roles, 'admin'>): Promise<Hex> {
  const { abi, bytecode } = await readCompiled('TonneSubscriptions');
  return encodeDeployData({ abi, bytecode, args: [roles.operator, roles.treasury, roles.arbiter] });
}

/** What creates the contract that keeps roots of inventories; nobody owns it. */
export async function readAnchorCode(): Promise<Hex> {
  return (await readCompiled('InventoryAnchor')).bytecode;
}

/** What a market is made of besides the credits. */
export interface MarketTerms {
  /** Zero where the chain has none. */
  readonly usdc: Address;
  readonly usdt: Address;
}

/** What creates the certificates of a credit contract. */
export async function readCertificatesCode(credit: Address): Promise<Hex> {
  const { abi, bytecode } = await readCompiled('TonneCertificates');
  return encodeDeployData({ abi, bytecode, args: [credit] });
}

/** What creates the market. */
export async function readMarketCode(certificates: Address, terms: MarketTerms): Promise<Hex> {
  const { abi, bytecode } = await readCompiled('TonneMarket');
  const args = [certificates, terms.usdc, terms.usdt];
  return encodeDeployData({ abi, bytecode, args });
}
