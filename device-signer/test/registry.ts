import { createPublicClient, createWalletClient, http } from 'viem';
import type { HDAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import type { AddressBook } from '@truetonne/protocol';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { deployCredits } from '../../scripts/deployment/credits.ts';
import { startAnvil } from '../../test/contracts/support/anvil.ts';
import { createWorld, register, validate } from '../../test/contracts/support/world.ts';

/** A chain of its own with the compiled registry and a validated plant of the owner. */
export async function startRegistry(plantW: number) {
  const anvil = await startAnvil();
  const transport = http(anvil.rpcUrl);
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20 });
  const wallet = (account: HDAccount) =>
    createWalletClient({ account, chain: foundry, transport, pollingInterval: 20 });
  const { projectOwner, ...others } = DEVELOPMENT_ACCOUNTS;
  const actors = {
    admin: wallet(others.admin),
    submitter: wallet(others.submitter),
    validator: wallet(others.validator),
    owner: wallet(projectOwner),
    buyer: wallet(others.buyer),
  };
  const { admin } = actors;
  const contracts = await deployCredits({ reader, wallet: admin }, admin.account.address, 0);
  const world = await createWorld(reader, actors, contracts);
  const projectId = await register(world, { capacityW: plantW });
  await validate(world, projectId);
  const book: AddressBook = {
    network: 'local',
    chainId: foundry.id,
    rpcUrl: anvil.rpcUrl,
    ...contracts,
    deployedAtBlock: 0,
  };
  return { book, world, projectId, stop: () => anvil.stop() };
}
