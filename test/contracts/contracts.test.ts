import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import hre from 'hardhat';
import { size, zeroAddress, type Hex } from 'viem';

import {
  CATALOGUE,
  certificatesAbi,
  creditAbi,
  energyCertificateAbi,
  marketAbi,
  planContracts,
  readingsAbi,
  recomputationAbi,
  recourseAbi,
  registryAbi,
  toErrorCode,
  verificationAbi,
} from '../../protocol/src/index.ts';
import { readCompiled } from '../../scripts/deployment/artifact.ts';
import { ABI_EXPORTS, pathOf, toModule } from '../../scripts/exportAbis.ts';
import { openChain } from './support/chain.ts';
import { measureGas, measureJudging, sizeOf } from './support/measure.ts';

const { freshPlant, freshWorld, walletAt } = await openChain();

const measureJudged = async () =>
  measureJudging(await freshWorld(), await Promise.all([walletAt(5), walletAt(6)]));

const SNAPSHOT = join(import.meta.dirname, 'snapshot.json');
/** EIP-170. */
const MAX_CODE_BYTES = 24_576;
/** Signatures differ from run to run, and with them the zero bytes that calldata is cheaper by. */
const GAS_TOLERANCE = 150;

interface Snapshot {
  readonly codeBytes: Readonly<Record<string, number>>;
  readonly ethereumGas: Readonly<Record<string, number>>;
}

const errorNames = [
  ...registryAbi,
  ...creditAbi,
  ...certificatesAbi,
  ...marketAbi,
  ...energyCertificateAbi,
  ...verificationAbi,
  ...recourseAbi,
  ...recomputationAbi,
  ...readingsAbi,
].flatMap((entry) => (entry.type === 'error' ? [entry.name] : []));

/** Names of the contracts that credits live in. */
const CONTRACTS = [
  ...planContracts({
    deployer: zeroAddress,
    firstNonce: 0,
    admin: zeroAddress,
    noticeS: 0,
  }).contracts.map(({ name }) => name),
  'TonneCertificates',
  'TonneMarket',
  'BatchRecomputation',
];

/**
 * Refused by OpenZeppelin for callers or states that these contracts never let come about: a zero
 * address as admin, sender or approver, a long name for signatures, a text that is no short one where
 * it is known to be, an address of more than 20 bytes.
 */
const UNREACHABLE = new Set([
  'OwnableInvalidOwner',
  'ERC1155InvalidSender',
  'ERC1155InvalidApprover',
  'InvalidShortString',
  'StringTooLong',
  'StringsInsufficientHexLength',
]);

describe('contracts', () => {
  for (const { contract, constant, file } of ABI_EXPORTS) {
    it(`exports the ABI of ${contract} as it is compiled`, async () => {
      const { abi } = await readCompiled(contract);
      assert.equal(readFileSync(pathOf(file), 'utf8'), toModule(constant, abi));
    });
  }

  it('has a code in the catalogue for every custom error', () => {
    for (const name of errorNames) {
      const code = toErrorCode(name);
      assert.ok(code !== undefined, `${name} has no code`);
      assert.ok(CATALOGUE[code].title.length > 0);
    }
  });

  it('has a test for every custom error', () => {
    const files = globSync('*.test.ts', { cwd: import.meta.dirname });
    const tests = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join();
    const untested = errorNames.filter(
      (name) => !UNREACHABLE.has(name) && !new RegExp(`\\b${name}\\b`).test(tests),
    );
    assert.deepEqual(untested, []);
  });

  it('keeps the code within the limit of a contract', async function () {
    if (hre.globalOptions.coverage) this.skip();
    for (const name of CONTRACTS) {
      assert.ok((await sizeOf(name)) <= MAX_CODE_BYTES, name);
    }
  });

  it('holds no way to change or end the code', async () => {
    const { world } = await freshPlant();
    for (const address of Object.values<`0x${string}`>({ ...world.contracts })) {
      const code = (await world.reader.getCode({ address })) ?? '0x';
      assert.ok(size(code) > 0);
      const opcodes = opcodesOf(code);
      for (const [name, opcode] of [
        ['DELEGATECALL', 0xf4],
        ['CALLCODE', 0xf2],
        ['SELFDESTRUCT', 0xff],
        ['CREATE', 0xf0],
        ['CREATE2', 0xf5],
      ] as const) {
        assert.ok(!opcodes.has(opcode), name);
      }
    }
  });

  it('takes the room and the gas of the snapshot', async function () {
    if (hre.globalOptions.coverage) this.skip();
    const measured: Snapshot = {
      codeBytes: Object.fromEntries(
        await Promise.all(CONTRACTS.map(async (name) => [name, await sizeOf(name)] as const)),
      ),
      ethereumGas: { ...(await measureGas(await freshPlant())), ...(await measureJudged()) },
    };
    if (process.env['UPDATE_SNAPSHOT'] === '1') {
      writeFileSync(SNAPSHOT, `${JSON.stringify(measured, null, 2)}\n`);
    }
    const expected: unknown = JSON.parse(readFileSync(SNAPSHOT, 'utf8'));
    assert.ok(isSnapshot(expected));
    assert.deepEqual(measured.codeBytes, expected.codeBytes);
    assert.deepEqual(Object.keys(measured.ethereumGas), Object.keys(expected.ethereumGas));
    for (const [name, gas] of Object.entries(measured.ethereumGas)) {
      const known = expected.ethereumGas[name] ?? 0;
      assert.ok(Math.abs(gas - known) <= GAS_TOLERANCE, `${name}: ${gas}, was ${known}`);
    }
  });
});

function isSnapshot(value: unknown): value is Snapshot {
  return (
    typeof value === 'object' && value !== null && 'codeBytes' in value && 'ethereumGas' in value
  );
}

/** Opcodes of code, without the bytes that PUSH carries and the metadata at the end. */
function opcodesOf(code: Hex): Set<number> {
  const bytes = Buffer.from(code.slice(2), 'hex');
  const end = bytes.length - 2 - bytes.readUInt16BE(bytes.length - 2);
  const opcodes = new Set<number>();
  for (let index = 0; index < end; index++) {
    const opcode = bytes[index] ?? 0;
    opcodes.add(opcode);
    if (opcode >= 0x60 && opcode <= 0x7f) index += opcode - 0x5f;
  }
  return opcodes;
}
