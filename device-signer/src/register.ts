import {
  createWebCryptoVerifier,
  domainOf,
  encodeRegistrationRecords,
  toHex,
  TonneError,
  verifyRegistration,
  type AddressBook,
  type Hex,
  type Registration,
} from '@truetonne/protocol';
import type { Account } from 'viem';
import { connectToRegistry, refusalOf, type RegistryChain } from './registryChain.ts';

/** The most gas of one transaction (EIP-7825). */
const GAS_LIMIT = 16_777_216n;
/** 44.8k gas was measured for each device at Polygon's prices (`bench/gas.ts`): 373 fit. */
const DEVICES_PER_TRANSACTION = 350;
/** Devices that are looked up at once. */
const LOOK_UPS = 32;

const STATUS_NONE = 0;

export interface RegisterOptions {
  readonly records: readonly Registration[];
  readonly book: AddressBook;
  readonly projectId: number;
  /** Who owns the project and is named in the claims; an address where the node holds its key. */
  readonly account: Account | Hex;
  /** Devices in one transaction; fewer where they need more gas than it may have. */
  readonly perTransaction?: number;
  /** Called with each step. */
  readonly print: (text: string) => void;
}

/**
 * Claims the devices of a registration file and binds them to a project, in as few transactions as the
 * gas of one allows. Devices that are on the chain are left out, so it goes on where it was broken off.
 *
 * @returns how many were registered now
 * @throws TonneError of the first record that is not right, before anything is sent; the contract's
 *   refusal; DEVICE_OF_OTHER_PROJECT for a device that is registered elsewhere
 */
export async function registerDevices(options: RegisterOptions): Promise<number> {
  const { records, book, projectId, print, perTransaction = DEVICES_PER_TRANSACTION } = options;
  const chain = connectToRegistry(book, options.account);
  await checkRecords(records, domainOf(book.chainId, book.registry), chain.owner);
  try {
    const waiting = await findUnregistered(chain, records, projectId);
    print(
      `${countDevices(records.length)}, ${records.length - waiting.length} of them registered already`,
    );
    await sendAll(chain, projectId, waiting, perTransaction, print);
    return waiting.length;
  } catch (error) {
    throw refusalOf(error, 'registerDevices');
  }
}

/** "1 device", "30 devices" */
export function countDevices(count: number): string {
  return count === 1 ? '1 device' : `${count} devices`;
}

async function sendAll(
  chain: RegistryChain,
  projectId: number,
  waiting: readonly Registration[],
  perTransaction: number,
  print: RegisterOptions['print'],
): Promise<void> {
  let done = 0;
  let size = perTransaction;
  while (done < waiting.length) {
    const chunk = waiting.slice(done, done + size);
    const gas = await estimate(chain, projectId, chunk);
    if (gas > GAS_LIMIT && chunk.length > 1) {
      size = Math.ceil(chunk.length / 2);
      continue;
    }
    const { hash, gasUsed } = await send(chain, projectId, chunk, gas);
    done += chunk.length;
    print(`${done} of ${waiting.length} registered: ${hash}, ${gasUsed} gas`);
  }
}

async function checkRecords(
  records: readonly Registration[],
  domain: Hex,
  owner: Hex,
): Promise<void> {
  const verify = createWebCryptoVerifier();
  for (const record of records) await verifyRegistration(record, { domain, owner }, verify);
}

/** The records whose devices the chain does not know yet. */
async function findUnregistered(
  { contract, reader }: RegistryChain,
  records: readonly Registration[],
  projectId: number,
): Promise<readonly Registration[]> {
  const waiting: Registration[] = [];
  for (let start = 0; start < records.length; start += LOOK_UPS) {
    const some = records.slice(start, start + LOOK_UPS);
    const known = await Promise.all(
      some.map(async (record) => {
        const args = [record.claim.deviceId] as const;
        const device = await reader.readContract({ ...contract, functionName: 'device', args });
        return { record, device };
      }),
    );
    for (const { record, device } of known) {
      if (device.status === STATUS_NONE) waiting.push(record);
      else if (device.projectId !== projectId) throw elsewhere(record, device.projectId, projectId);
    }
  }
  return waiting;
}

function elsewhere({ claim }: Registration, found: number, projectId: number): TonneError {
  return new TonneError('DEVICE_OF_OTHER_PROJECT', {
    field: claim.deviceId,
    value: found === 0 ? 'claimed, of no project' : `project ${found}`,
    expected: `not registered yet, or in project ${projectId}`,
  });
}

async function estimate(
  { contract, reader, account }: RegistryChain,
  projectId: number,
  records: readonly Registration[],
): Promise<bigint> {
  const args = [projectId, toHex(encodeRegistrationRecords(records))] as const;
  const call = { ...contract, functionName: 'registerDevices', args, account } as const;
  return reader.estimateContractGas(call);
}

async function send(
  { contract, reader, writer }: RegistryChain,
  projectId: number,
  records: readonly Registration[],
  gas: bigint,
): Promise<{ readonly hash: Hex; readonly gasUsed: bigint }> {
  const args = [projectId, toHex(encodeRegistrationRecords(records))] as const;
  const hash = await writer.writeContract({
    ...contract,
    functionName: 'registerDevices',
    args,
    gas,
  });
  const { status, gasUsed } = await reader.waitForTransactionReceipt({ hash });
  if (status === 'success') return { hash, gasUsed };
  throw new TonneError('INTERNAL', { field: 'transaction', value: `${hash} was reverted` });
}
