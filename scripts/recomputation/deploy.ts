import { writeFile } from 'node:fs/promises';

import type { Hex } from '@truetonne/protocol';

import { addConsumer } from '../../functions/localNetwork.ts';
import { buildFunctionsSource } from '../../functions/build.ts';
import { accreditRecomputation, deployRecomputation } from '../deployment/recomputation.ts';
import type { Environment } from '../deployment/networks.ts';
import { addressBookPath } from '../lib/addressBook.ts';
import { getFunctionsNetwork, walletOf, type Place } from './network.ts';

/**
 * Deploys the contract that asks Chainlink Functions, with the hash of the source as it is built here,
 * and writes its address into the address book. Says what is left to do by others.
 */
export async function deploy(
  place: Place,
  environment: Environment,
  say: (line: string) => void,
): Promise<Hex> {
  const { book, isLocal } = place;
  const { reader, writer } = walletOf(place);
  const { hash } = await buildFunctionsSource();
  const network = await getFunctionsNetwork(place, environment);
  const deployer = { reader, wallet: writer };
  const recomputation = await deployRecomputation(deployer, {
    ...{ verification: book.verification, operator: writer.account.address },
    ...network,
    ...{ sourceHash: hash, rpcUrl: book.rpcUrl },
  });
  say(`recomputation  ${recomputation}`);
  say(`source         ${hash}`);
  if (isLocal) await addConsumer(place, network, recomputation);
  else say(`to do          add it as a consumer of subscription ${network.subscriptionId}`);
  if (await accreditRecomputation(deployer, book.verification, recomputation)) {
    say('accredited     as a recomputer, after the notice of the registry');
  } else {
    say(`to do          the admin accredits it: accredit(${recomputation}, 4, until)`);
  }
  const path = addressBookPath(book.network);
  await writeFile(path, `${JSON.stringify({ ...book, recomputation }, null, 2)}\n`);
  say(`written        ${path}`);
  return recomputation;
}
