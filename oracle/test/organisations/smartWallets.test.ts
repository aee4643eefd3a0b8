import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  concatHex,
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  getCreate2Address,
  http,
  serializeErc6492Signature,
  zeroHash,
  type Hex,
} from 'viem';
import { foundry } from 'viem/chains';
import { deployLocal } from '../../../scripts/deployment/local.ts';
import { readCompiled } from '../../../scripts/deployment/artifact.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { startChain } from '../../../scripts/lib/chain.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';
import { currentSessionSchema } from '../../src/api/schemas/organisation.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { ask, createWallet, signMessage, type TestWallet } from '../support/people.ts';
import { APP_ORIGIN, configOf } from '../support/service.ts';

/** Deploys what follows a salt: the proxy of EIP-7955's precursor, which every chain and anvil has. */
const DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

describe('sign-in with a smart wallet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-smart-'));
  let chain: Awaited<ReturnType<typeof startChain>>;
  let oracle: Oracle;
  let creationOf: (owner: TestWallet) => Hex;
  before(async () => {
    chain = await startChain({ port: await findFreePort(), logFile: join(folder, 'chain.log') });
    oracle = await startOracle(configOf(await deployLocal(chain.rpcUrl), join(folder, 'oracle')));
    const { abi, bytecode } = await readCompiled('mocks/subscriptions/SmartWallet');
    creationOf = ({ address }) => encodeDeployData({ abi, bytecode, args: [address] });
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
    rmSync(folder, { recursive: true });
  });

  const walletOf = (owner: TestWallet): Hex =>
    getCreate2Address({ from: DEPLOYER, salt: zeroHash, bytecode: creationOf(owner) });
  const deploy = async (owner: TestWallet): Promise<void> => {
    const transport = http(chain.rpcUrl);
    const account = DEVELOPMENT_ACCOUNTS.buyer;
    const sender = createWalletClient({ account, chain: foundry, transport });
    const data = concatHex([zeroHash, creationOf(owner)]);
    const hash = await sender.sendTransaction({ to: DEPLOYER, data });
    const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20 });
    await reader.waitForTransactionReceipt({ hash });
  };
  /** The contract's address in the message, the owner's hand under it. */
  const signFor = (owner: TestWallet) =>
    signMessage(oracle.url, owner, { address: walletOf(owner) });
  const send = (body: unknown) =>
    ask(oracle.url, '/v1/session', { method: 'POST', body, headers: { origin: APP_ORIGIN } });

  it('that is deployed asks the contract (ERC-1271)', async () => {
    const owner = createWallet();
    await deploy(owner);
    const answer = await send(await signFor(owner));
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { address } = currentSessionSchema.parse(answer.body);
    assert.equal(address, walletOf(owner).toLowerCase());
  });

  it('that is not deployed yet asks it as it will be (ERC-6492)', async () => {
    const owner = createWallet();
    const { message, signature: inner } = await signFor(owner);
    const signature = serializeErc6492Signature({
      ...{ address: DEPLOYER, data: concatHex([zeroHash, creationOf(owner)]), signature: inner },
    });
    const answer = await send({ message, signature });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { address } = currentSessionSchema.parse(answer.body);
    assert.equal(address, walletOf(owner).toLowerCase());
  });

  it('is refused where another hand than its owner’s signed', async () => {
    const [owner, other] = [createWallet(), createWallet()];
    await deploy(owner);
    const { message } = await signFor(owner);
    const answer = await send({ message, signature: await other.signMessage({ message }) });
    assert.equal(problemSchema.parse(answer.body).code, 'SIGN_IN_SIGNATURE_INVALID');
  });
});
