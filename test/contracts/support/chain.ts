import { network } from 'hardhat';
import { getContract, parseAbi, type Address } from 'viem';

import { deployCredits } from '../../../scripts/deployment/credits.ts';
import { createPlant, createWorld, type Wallet } from './world.ts';

const REENTRANT_OWNER_ABI = parseAbi([
  'function forward(bytes data)',
  'function answer() view returns (bytes)',
]);

const NOTICE_S = 7 * 86_400;

/** A chain of its own for one test file. Each call of a fixture starts from the same state. */
export async function openChain() {
  const { viem, networkHelpers } = await network.create();

  async function createContracts(noticeS = 0) {
    const wallets = await viem.getWalletClients();
    const actors = {
      admin: getWallet(wallets, 0),
      submitter: getWallet(wallets, 1),
      validator: getWallet(wallets, 2),
      owner: getWallet(wallets, 3),
      buyer: getWallet(wallets, 4),
    };
    const reader = await viem.getPublicClient();
    const deployer = { reader, wallet: actors.admin };
    return createWorld(
      reader,
      actors,
      await deployCredits(deployer, actors.admin.account.address, noticeS),
    );
  }

  const createWithNotice = () => createContracts(NOTICE_S);
  const createWithout = () => createContracts();

  async function createContractsAndPlant() {
    const world = await createContracts();
    return { world, ...(await createPlant(world)) };
  }

  return {
    /** A contract that owns projects, and repeats its last call while it receives credits. */
    reentrantOwnerOf: async (registry: Address) => {
      const { address } = await viem.deployContract('ReentrantOwner', [registry]);
      const [wallet] = await viem.getWalletClients();
      if (wallet === undefined) throw new Error('the chain has no accounts');
      const client = { public: await viem.getPublicClient(), wallet };
      return getContract({ address, abi: REENTRANT_OWNER_ABI, client });
    },
    /** A wallet of the chain that has no part in the world yet: from 5 on. */
    walletAt: async (index: number) => getWallet(await viem.getWalletClients(), index),
    deployContract: viem.deployContract,
    /** A wallet that sends as any address, such as a contract. */
    impersonate: async (address: Address) => {
      await networkHelpers.impersonateAccount(address);
      await networkHelpers.setBalance(address, 10n ** 18n);
      return viem.getWalletClient(address);
    },
    setCode: (address: Address, code: string) => networkHelpers.setCode(address, code),
    assertions: viem.assertions,
    time: networkHelpers.time,
    /** The contracts, one methodology, one accredited validator. */
    freshWorld: () => networkHelpers.loadFixture(createWithout),
    /** The same, where what is announced holds a week later. */
    noticeWorld: () => networkHelpers.loadFixture(createWithNotice),
    NOTICE_S,
    /** The same with a validated plant of 6 kW and its one device, claimed when 2026 began. */
    freshPlant: () => networkHelpers.loadFixture(createContractsAndPlant),
  };
}

function getWallet(wallets: readonly Wallet[], index: number): Wallet {
  const wallet = wallets[index];
  if (wallet === undefined) throw new Error(`the chain has no account ${String(index)}`);
  return wallet;
}
