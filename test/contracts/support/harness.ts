import { network } from 'hardhat';
import {
  concat,
  encodePacked,
  getContract,
  hexToBigInt,
  keccak256,
  numberToHex,
  parseAbi,
  size,
  slice,
  type Hex,
} from 'viem';

import { registryAbi } from '../../../protocol/src/index.ts';
import { deployCredits } from '../../../scripts/deployment/credits.ts';

const LIBRARY_ABI = parseAbi([
  'struct Energy { uint256 exportedWh; uint256 importedWh; uint256 deductedWh; }',
  'struct Carry { uint256 deficitWh; uint256 remainderUg; }',
  'struct Reading { uint64 readAt; uint64 exportWh; uint64 importWh; uint32 present; uint32 status; int64 activePowerMw; int64 apparentPowerMva; int32 voltageMv; int32 currentMa; int32 frequencyMhz; int32 powerFactorE4; int32 ambientMc; int32 irradianceMwM2; int32 efficiencyE4; int32 batteryMv; int32 signalDbm; uint32 firmware; }',
  'function creditDown(Energy energy, uint256 factorUgPerWh, Carry opening) pure returns (uint256 creditableWh, uint256 grams, Carry closing)',
  'function decodeReading(bytes readings, uint256 index) pure returns (Reading)',
  'function verifyProof(bytes32[] proof, bytes32 root, bytes32 leaf) pure returns (bool)',
]);

/** `DeviceStatus.Bound` */
const BOUND = 2;
/** Longer than any time that fits a header. */
const END_OF_TIME = 2 ** 40;
/** Just before it, so that an accreditation can still last. */
export const LATE = END_OF_TIME - 1_000;

/** Slots of the registry's mappings, as docs/contracts.md lists them. */
const PROJECTS_SLOT = 7n;
const DEVICES_SLOT = 8n;

/** A project that is credited at all times, where batch `batchCount` is its newest. */
interface ProjectState {
  readonly factorUgPerWh: number;
  readonly batchCount: number;
  readonly deficitWh: bigint;
  readonly remainderUg: number;
  /** The test's account unless given; it submits in any case. */
  readonly owner?: Hex;
  /** Of the plant, W; 0 unless given. */
  readonly plantW?: number;
  /** What is bound of it, W; 0 unless given. */
  readonly boundW?: number;
}

/** A device that is bound to a project, at its last credited state. */
interface DeviceState {
  readonly projectId: number;
  readonly capacityW: number;
  readonly sequence: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/**
 * The registry with a given domain, in which projects and devices can be put into any state; unless
 * `now` is given, at a time when all times of a header have passed.
 */
export async function openHarness(domain: Hex, now = END_OF_TIME) {
  const { viem, networkHelpers } = await network.create();
  const client = await viem.getPublicClient();
  const [wallet] = await viem.getWalletClients();
  if (wallet === undefined) throw new Error('the chain has no accounts');
  const account = wallet.account.address;
  const clients = { public: client, wallet };
  const { registry: address } = await deployCredits({ reader: client, wallet }, account, 0);
  const libraries = await viem.deployContract('LibraryHarness', []);

  const registry = getContract({ address, abi: registryAbi, client: clients });
  const ownDomain = await registry.read.domain();
  const code = (await client.getCode({ address })) ?? '0x';
  await networkHelpers.setCode(address, code.replaceAll(ownDomain.slice(2), domain.slice(2)));
  if ((await registry.read.domain()) !== domain) throw new Error('the domain was not replaced');
  await networkHelpers.time.increaseTo(now);

  const store = (slot: bigint, value: bigint) =>
    networkHelpers.setStorageAt(address, numberToHex(slot), value);
  return {
    registry,
    libraries: getContract({ address: libraries.address, abi: LIBRARY_ABI, client: clients }),
    account,
    snapshot: () => networkHelpers.takeSnapshot(),

    async putProject(projectId: number, state: ProjectState) {
      const base = slotOf(numberToHex(projectId, { size: 32 }), PROJECTS_SLOT);
      const submitter = hexToBigInt(account);
      await store(base, submitter | (BigInt(state.factorUgPerWh) << 160n));
      const carried = state.deficitWh | (BigInt(state.remainderUg) << 64n);
      const creditingUntil = BigInt(END_OF_TIME - 1) << 128n;
      const plantW = BigInt(state.plantW ?? 0) << 168n;
      await store(base + 1n, carried | (BigInt(state.batchCount) << 96n) | creditingUntil | plantW);
      const bound = BigInt(state.boundW ?? 0) << 160n;
      await store(base + 2n, hexToBigInt(state.owner ?? account) | bound);
    },

    async putDevice(deviceId: Hex, device: DeviceState) {
      const packed = encodePacked(
        ['uint8', 'uint32', 'uint56', 'uint56', 'uint40', 'uint32', 'uint32'],
        [
          BOUND,
          device.capacityW,
          device.importWh,
          device.exportWh,
          device.closedAt,
          device.sequence,
          device.projectId,
        ],
      );
      await store(slotOf(deviceId, DEVICES_SLOT), hexToBigInt(packed));
    },
  };
}

/** Where a mapping keeps the value of a key. */
function slotOf(key: Hex, mappingSlot: bigint): bigint {
  return hexToBigInt(keccak256(concat([key, numberToHex(mappingSlot, { size: 32 })])));
}

/** The closing record of a window as it travels: header 176, signature 64, readings. */
export function cutClosing(publicKey: Hex, window: Hex): Hex {
  const [header, signature] = [slice(window, 0, 176), slice(window, 176, 240)];
  if (size(publicKey) !== 64) throw new Error('a public key has 64 bytes');
  return `${publicKey}${signature.slice(2)}${header.slice(2)}`;
}
