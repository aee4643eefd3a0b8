import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createPublicClient, http, type Hex } from 'viem';
import { foundry } from 'viem/chains';
import { createConfig, mock } from 'wagmi';
import { connect } from 'wagmi/actions';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { startAnvil, type Anvil } from '../../../test/contracts/support/anvil.ts';
import { deploySlotReader, SLOT_READER_ABI } from '../../../test/contracts/support/slotReader.ts';
import { send, simulate } from './chain.ts';
import { contractCall, type ContractCall } from './transaction.ts';

const { address: account } = DEVELOPMENT_ACCOUNTS.admin;

/** A wallet that keeps its keys in the node, and takes requests with an access list or refuses them. */
async function startWallet(rpcUrl: string, takesLists: boolean): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (!takesLists && body.includes('accessList')) {
        const error = { code: -32_602, message: 'Invalid parameters: unknown key accessList' };
        response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, error }));
        return;
      }
      const headers = { 'content-type': 'application/json' };
      void fetch(rpcUrl, { method: 'POST', headers, body }).then(async (answer) => {
        response.end(await answer.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('a transaction that reads many slots', () => {
  let anvil: Anvil;
  let call: ContractCall;
  const servers: Server[] = [];
  before(async () => {
    anvil = await startAnvil();
    const address = await deploySlotReader(anvil.rpcUrl);
    call = contractCall({ address, abi: SLOT_READER_ABI, functionName: 'read', args: [100n] });
  });
  after(async () => {
    for (const server of servers) server.close();
    await anvil.stop();
  });

  const open = async (takesLists: boolean) => {
    const server = await startWallet(anvil.rpcUrl, takesLists);
    servers.push(server);
    // Proof: it listens on a port.
    const { port } = server.address() as AddressInfo;
    const rpcUrls = { default: { http: [`http://127.0.0.1:${port}`] } };
    const config = createConfig({
      chains: [{ ...foundry, rpcUrls }],
      transports: { [foundry.id]: http(anvil.rpcUrl) },
      connectors: [mock({ accounts: [account] })],
    });
    const [connector] = config.connectors;
    await connect(config, { connector });
    return config;
  };
  const mined = async (hash: Hex) => {
    const reader = createPublicClient({ chain: foundry, transport: http(anvil.rpcUrl) });
    const { gasUsed, status } = await reader.waitForTransactionReceipt({ hash });
    assert.equal(status, 'success');
    return { gasUsed, accessList: (await reader.getTransaction({ hash })).accessList };
  };

  test('names them to a wallet that passes them on, and costs what was said', async () => {
    const config = await open(true);
    const { gas, plainGas, accessList } = await simulate(config, call, account);
    const { gasUsed, accessList: named } = await mined(
      await send(config, call, account, { accessList }),
    );
    assert.equal(named?.[0]?.storageKeys.length, 100);
    assert.ok(gasUsed <= gas && gas < plainGas);
  });

  test('goes without them through a wallet that refuses to name any', async () => {
    const config = await open(false);
    const { accessList } = await simulate(config, call, account);
    const { accessList: named } = await mined(await send(config, call, account, { accessList }));
    assert.deepEqual(named, []);
  });
});
