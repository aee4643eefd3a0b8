import {
  encodeFunctionData,
  type Abi,
  type AccessList,
  type Address,
  type PublicClient,
} from 'viem';

/** What is needed of a chain client; the caller brings one, so nothing here opens a connection. */
export type Pricer = Pick<PublicClient, 'estimateContractGas' | 'createAccessList'>;

/** A call of a contract that changes state, by an account. */
export interface PaidCall {
  readonly account: Address;
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** The chain's own coin that is sent along, wei. */
  readonly value?: bigint;
}

/** The cheapest way to send a call. */
export interface PricedCall {
  readonly gas: bigint;
  /** Without a list: the limit that holds in any case. */
  readonly plainGas: bigint;
  /** What the transaction has to name beforehand; `undefined` where naming it saves nothing. */
  readonly accessList: AccessList | undefined;
}

/**
 * What a call takes, by the prices of the node's own chain: as it is, or with the slots that it reads
 * named beforehand (EIP-2930), whichever is less. On Polygon a first read is 5,460 gas, and 2,000 where
 * the slot is named (PIP-88); on Ethereum naming saves 100, so it seldom pays there. A list that is
 * out of date by the time of the block costs gas and changes nothing else.
 *
 * @throws viem's ContractFunctionExecutionError with the refusal, where the contract refuses the call
 */
export async function priceCall(client: Pricer, call: PaidCall): Promise<PricedCall> {
  const plainGas = await client.estimateContractGas(call);
  const plain = { gas: plainGas, plainGas, accessList: undefined };
  const accessList = await findAccessList(client, call);
  if (accessList.length === 0) return plain;
  const gas = await client.estimateContractGas({ ...call, accessList });
  return gas < plainGas ? { gas, plainGas, accessList } : plain;
}

/** Empty where the node can't tell: not every provider answers `eth_createAccessList`. */
async function findAccessList(client: Pricer, call: PaidCall): Promise<AccessList> {
  const { account, address: to, value } = call;
  const request = { account, to, data: encodeFunctionData(call), value };
  return client.createAccessList(request).then(
    ({ accessList }) => accessList,
    () => [],
  );
}
