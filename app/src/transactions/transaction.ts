import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, Log } from 'viem';
import type { Fact } from '../ui/index.ts';
import { REFUSALS } from './refusals.ts';

/** A call of a contract that changes state. */
export interface ContractCall {
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** The chain's own coin that is sent along, wei. */
  readonly value?: bigint;
}

/** What a person sees of a transaction before signing, and the call itself. */
export interface Transaction {
  /** Heading: "Mint credits". */
  readonly title: string;
  /** What will happen, fact by fact. */
  readonly effects: readonly Fact[];
  /** What can't be undone, when there is such a thing. */
  readonly warning?: string;
  /** Label of the button that sends it: "Mint 1.035 t CO₂e". */
  readonly action: string;
  /**
   * Said once it is confirmed: "Minted 1.035 t CO₂e"; out of its events where they decide what came of it.
   */
  readonly done: string | ((logs: readonly Log[]) => string);
  readonly call: ContractCall;
}

type Mutability = 'nonpayable' | 'payable';
type Writing<A extends Abi> = ContractFunctionName<A, Mutability>;

/**
 * A call whose name and arguments are checked against the ABI. The refusals of every contract are
 * understood: one passes on those of another, which its own ABI does not name.
 */
export function contractCall<const A extends Abi, F extends Writing<A>>(call: {
  readonly address: Address;
  readonly abi: A;
  readonly functionName: F;
  readonly args: ContractFunctionArgs<A, Mutability, F>;
  readonly value?: bigint;
}): ContractCall {
  const { abi, args } = call;
  return { ...call, abi: [...abi, ...REFUSALS], args: Array.isArray(args) ? args : [] };
}
