import { network } from 'hardhat';
import { getContract, parseAbi, size, slice, type Hex } from 'viem';

import { registryAbi } from '../../../protocol/src/index.ts';

const PUT_ABI = parseAbi([
  'function putProject(uint32 projectId, address submitter, uint32 factorUgPerWh, uint32 batchCount, uint64 deficitWh, uint32 remainderUg)',
  'function putDevice(bytes32 deviceId, uint32 projectId, uint32 capacityW, uint32 sequence, uint40 closedAt, uint56 exportWh, uint56 importWh)',
]);

const LIBRARY_ABI = parseAbi([
  'struct Energy { uint256 exportedWh; uint256 importedWh; uint256 deductedWh; }',
  'struct Carry { uint256 deficitWh; uint256 remainderUg; }',
  'struct Reading { uint64 readAt; uint64 exportWh; uint64 importWh; uint32 present; uint32 status; int64 activePowerMw; int64 apparentPowerMva; int32 voltageMv; int32 currentMa; int32 frequencyMhz; int32 powerFactorE4; int32 ambientMc; int32 irradianceMwM2; int32 efficiencyE4; int32 batteryMv; int32 signalDbm; uint32 firmware; }',
  'function creditDown(Energy energy, uint256 factorUgPerWh, Carry opening) pure returns (uint256 creditableWh, uint256 grams, Carry closing)',
  'function yearOf(uint256 timestamp, int16 utcOffsetMinutes) pure returns (uint256)',
  'function decodeReading(bytes readings, uint256 index) pure returns (Reading)',
  'function verifyProof(bytes32[] proof, bytes32 root, bytes32 leaf) pure returns (bool)',
]);

/** Longer than any time that fits a header. */
const END_OF_TIME = 2 ** 40;

/**
 * The registry with a given domain, in which projects and devices can be put into any state, at a
 * time when all times of a header have passed.
 */
export async function openHarness(domain: Hex) {
  const { viem, networkHelpers } = await network.create();
  const client = await viem.getPublicClient();
  const [wallet] = await viem.getWalletClients();
  if (wallet === undefined) throw new Error('the chain has no accounts');
  const account = wallet.account.address;
  const clients = { public: client, wallet };
  const { address } = await viem.deployContract('RegistryHarness', [account]);
  const libraries = await viem.deployContract('LibraryHarness', []);

  const registry = getContract({ address, abi: [...registryAbi, ...PUT_ABI], client: clients });
  const code = await client.getCode({ address });
  const ownDomain = slice(await registry.read.domain(), 0);
  const patched = (code ?? '0x').replaceAll(ownDomain.slice(2), domain.slice(2));
  await networkHelpers.setCode(address, patched);
  if ((await registry.read.domain()) !== domain) throw new Error('the domain was not replaced');
  await networkHelpers.time.increaseTo(END_OF_TIME);
  return {
    registry,
    libraries: getContract({ address: libraries.address, abi: LIBRARY_ABI, client: clients }),
    account,
    snapshot: () => networkHelpers.takeSnapshot(),
  };
}

/** The closing record of a window as it travels: header 176, signature 64, readings. */
export function cutClosing(publicKey: Hex, window: Hex): Hex {
  const [header, signature] = [slice(window, 0, 176), slice(window, 176, 240)];
  if (size(publicKey) !== 64) throw new Error('a public key has 64 bytes');
  return `${publicKey}${signature.slice(2)}${header.slice(2)}`;
}
