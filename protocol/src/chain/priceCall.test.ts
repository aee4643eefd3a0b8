import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ContractFunctionExecutionError,
  createPublicClient,
  createWalletClient,
  custom,
  http,
  MethodNotFoundRpcError,
  type AccessList,
  type Address,
} from 'viem';
import { foundry } from 'viem/chains';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { startAnvil, type Anvil } from '../../../test/contracts/support/anvil.ts';
import { deploySlotReader, SLOT_READER_ABI } from '../../../test/contracts/support/slotReader.ts';
import { priceCall } from './priceCall.ts';

const { admin } = DEVELOPMENT_ACCOUNTS;

describe('the price of a call', () => {
  let anvil: Anvil;
  let reader: Address;
  before(async () => {
    anvil = await startAnvil();
    reader = await deploySlotReader(anvil.rpcUrl);
  });
  after(() => anvil.stop());

  const clientOf = () => createPublicClient({ chain: foundry, transport: http(anvil.rpcUrl) });
  const walletOf = () =>
    createWalletClient({ account: admin, chain: foundry, transport: http(anvil.rpcUrl) });
  const callOf = (slots: bigint) => ({
    ...({
      account: admin.address,
      address: reader,
      abi: SLOT_READER_ABI,
      functionName: 'read',
    } as const),
    args: [slots] as const,
  });

  test('names the slots where that is cheaper, and the transaction takes less', async () => {
    const call = callOf(100n);
    const { gas, accessList } = await priceCall(clientOf(), call);
    assert.equal(accessList?.[0]?.storageKeys.length, 100);
    assert.ok(gas < (await clientOf().estimateContractGas(call)));
    const wallet = walletOf();
    const send = async (named: AccessList) => {
      const hash = await wallet.writeContract({ ...call, account: admin, accessList: named });
      return clientOf().waitForTransactionReceipt({ hash });
    };
    const [plain, listed] = [await send([]), await send(accessList ?? [])];
    // 100 slots at 100 gas less each, and 2,400 for naming their contract (EIP-2930).
    assert.equal(plain.gasUsed - listed.gasUsed, 100n * 100n - 2_400n);
  });

  test('names nothing where that costs more', async () => {
    const call = callOf(3n);
    const { gas, accessList } = await priceCall(clientOf(), call);
    assert.equal(accessList, undefined);
    assert.equal(gas, await clientOf().estimateContractGas(call));
  });

  test('goes on with a node that can not tell which slots are read', async () => {
    const transport = custom({
      request: async ({ method, params }: { method: string; params?: unknown }) => {
        if (method === 'eth_createAccessList') {
          throw new MethodNotFoundRpcError(new Error('unsupported'), { method });
        }
        // Proof: the node is asked what the client asks.
        return clientOf().request({ method, params } as never);
      },
    });
    const call = callOf(100n);
    const priced = await priceCall(createPublicClient({ chain: foundry, transport }), call);
    assert.equal(priced.accessList, undefined);
    assert.equal(priced.gas, await clientOf().estimateContractGas(call));
  });

  test('throws what the contract refuses', async () => {
    await assert.rejects(priceCall(clientOf(), callOf(0n)), (error) => {
      assert.ok(error instanceof ContractFunctionExecutionError);
      return error.shortMessage.includes('reverted') && error.message.includes('Refused()');
    });
  });
});
