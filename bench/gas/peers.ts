import { createRequire } from 'node:module';

import {
  encodeDeployData,
  encodeFunctionData,
  getContract,
  isHex,
  parseAbi,
  parseEventLogs,
  zeroAddress,
  type Abi,
  type Address,
  type Hex,
} from 'viem';

import { DAY } from '../../test/contracts/subscriptions/support/world.ts';
import { deploy, deployCompiled } from './references.ts';
import { priceOf, type Gas } from './reprice.ts';
import type { Bench } from './subscriptions.ts';

const require = createRequire(import.meta.url);

const PRICE = 100_000_000n;
const MONTH = BigInt(30 * DAY);

const UNLOCK_ABI = parseAbi([
  'function initialize(address owner)',
  'function addLockTemplate(address impl, uint16 version)',
  'function setLockTemplate(address lock)',
  'function createUpgradeableLockAtVersion(bytes data, uint16 version) returns (address)',
  'event NewLock(address indexed lockOwner, address indexed newLockAddress)',
]);
const LOCK_ABI = parseAbi([
  'function initialize(address creator, uint256 duration, address token, uint256 price, uint256 maxKeys, string name)',
  'function purchase(uint256[] values, address[] recipients, address[] referrers, address[] keyManagers, bytes[] data) payable returns (uint256[])',
  'function extend(uint256 value, uint256 tokenId, address referrer, bytes data) payable',
  'function cancelAndRefund(uint256 tokenId)',
  'function setReferrerFee(address referrer, uint256 basisPoints) payable',
]);
const SABLIER_ABI = parseAbi([
  'struct Durations { uint40 cliff; uint40 total; }',
  'struct Broker { address account; uint256 fee; }',
  'struct Create { address sender; address recipient; uint128 totalAmount; address asset; bool cancelable; bool transferable; Durations durations; Broker broker; }',
  'function createWithDurations(Create params) returns (uint256 streamId)',
  'function cancel(uint256 streamId)',
  'function withdrawMax(uint256 streamId, address to) returns (uint128)',
]);

/** Unlock 14 with its PublicLock 15 as published: a key of 30 days, bought with a referrer's fee. */
export async function measureUnlock(
  bench: Bench,
): Promise<{ purchase: Gas; renew: Gas; refund: Gas }> {
  const { reader, mined, usdc } = bench;
  const [owner, referrer] = [await bench.payer(0, zeroOne()), await bench.payer(1, zeroOne())];
  const abis = '@unlock-protocol/contracts/dist/abis';
  const code = await deploy(reader, owner, readHex(`${abis}/Unlock/UnlockV14.json`));
  // Unlock works behind a proxy only, and is initialized by its constructor.
  const init = encodeFunctionData({
    abi: UNLOCK_ABI,
    functionName: 'initialize',
    args: [owner.account.address],
  });
  const unlock = await deployCompiled(reader, owner, 'mocks/subscriptions/PeerProxy', [code, init]);
  const template = await deploy(reader, owner, readHex(`${abis}/PublicLock/PublicLockV15.json`));
  const office = getContract({
    address: unlock,
    abi: UNLOCK_ABI,
    client: { public: reader, wallet: owner },
  });
  await mined(office.write.addLockTemplate([template, 15]));
  await mined(office.write.setLockTemplate([template]));
  const data = encodeFunctionData({
    abi: LOCK_ABI,
    functionName: 'initialize',
    args: [owner.account.address, MONTH, usdc, PRICE, 1_000_000n, 'Starter'],
  });
  const hash = await office.write.createUpgradeableLockAtVersion([data, 15]);
  const { logs } = await reader.waitForTransactionReceipt({ hash });
  const [created] = parseEventLogs({ abi: UNLOCK_ABI, eventName: 'NewLock', logs });
  if (created === undefined) throw new Error('no lock');
  const address = created.args.newLockAddress;
  const lockOf = async (index: number) => {
    const wallet = await bench.payer(index, address);
    const client = { public: reader, wallet };
    return { wallet, ...getContract({ address, abi: LOCK_ABI, client }) };
  };
  const lock = getContract({ address, abi: LOCK_ABI, client: { public: reader, wallet: owner } });
  await mined(lock.write.setReferrerFee([referrer.account.address, 1_000n]));
  const buy = async (index: number) => {
    const { wallet, write } = await lockOf(index);
    const to = [wallet.account.address];
    return write.purchase([[PRICE], to, [referrer.account.address], to, ['0x']]);
  };
  await mined(buy(2));
  const purchase = await priceOf(reader, await buy(3));
  await bench.pass(10 * DAY);
  const second = await lockOf(3);
  const renew = await priceOf(reader, await second.write.extend([PRICE, 2n, zeroAddress, '0x']));
  const refund = await priceOf(reader, await (await lockOf(2)).write.cancelAndRefund([1n]));
  return { purchase, renew, refund };
}

/** Sablier Lockup Linear 1.2 as published: a stream of 30 days, canceled by its sender after ten. */
export async function measureSablier(bench: Bench): Promise<{ cancel: Gas }> {
  const { reader, mined, usdc } = bench;
  const operator = await bench.payer(0, zeroOne());
  const artifacts = '@sablier/v2-core/artifacts';
  const descriptor = await deploy(
    reader,
    operator,
    readHex(`${artifacts}/SablierV2NFTDescriptor.json`),
  );
  const linear = readArtifactJson(`${artifacts}/SablierV2LockupLinear.json`);
  const address = await deploy(
    reader,
    operator,
    encodeDeployData({
      abi: linear.abi,
      bytecode: linear.bytecode,
      args: [operator.account.address, descriptor],
    }),
  );
  const sender = await bench.payer(5, address);
  const stream = getContract({
    address,
    abi: SABLIER_ABI,
    client: { public: reader, wallet: sender },
  });
  const create = () =>
    stream.write.createWithDurations([
      {
        sender: sender.account.address,
        recipient: operator.account.address,
        totalAmount: PRICE,
        asset: usdc,
        cancelable: true,
        transferable: false,
        durations: { cliff: 0, total: Number(MONTH) },
        broker: { account: zeroAddress, fee: 0n },
      },
    ]);
  await mined(create());
  await mined(create());
  await bench.pass(10 * DAY);
  return { cancel: await priceOf(reader, await stream.write.cancel([1n])) };
}

/** Nobody: the payer needs no allowance yet. */
function zeroOne(): Address {
  return '0x0000000000000000000000000000000000000001';
}

interface Published {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

function readHex(path: string): Hex {
  return readArtifactJson(path).bytecode;
}

/** An artifact of Hardhat (`bytecode`) or of Foundry (`bytecode.object`). */
function readArtifactJson(path: string): Published {
  const parsed = require(path) as { abi: Abi; bytecode: string | { object: string } };
  const code = typeof parsed.bytecode === 'string' ? parsed.bytecode : parsed.bytecode.object;
  if (!isHex(code)) throw new Error(`${path} has no bytecode`);
  return { abi: parsed.abi, bytecode: code };
}
