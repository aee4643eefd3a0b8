import { createRequire } from 'node:module';

import {
  encodeDeployData,
  getContract,
  parseAbi,
  zeroAddress,
  zeroHash,
  type Address,
  type Hex,
  type PublicClient,
} from 'viem';

import type { Wallet } from '../../test/contracts/support/world.ts';
import { readArtifact, readCompiled } from '../../scripts/deployment/artifact.ts';
import { priceOf, type Gas } from './reprice.ts';

const require = createRequire(import.meta.url);
const EAS = '@ethereum-attestation-service/eas-contracts/artifacts/contracts';

const SCHEMA_REGISTRY_ABI = parseAbi([
  'function register(string schema, address resolver, bool revocable) returns (bytes32)',
  'event Registered(bytes32 indexed uid, address indexed registerer, (bytes32 uid, address resolver, bool revocable, string schema) schema)',
]);
const EAS_ABI = parseAbi([
  'function attest((bytes32 schema, (address recipient, uint64 expirationTime, bool revocable, bytes32 refUID, bytes data, uint256 value) data) request) payable returns (bytes32)',
]);
const TOKEN_ABI = parseAbi(['function mint(uint256 id, uint256 amount)']);

/** The contract that a transaction created. */
export async function deploy(
  client: PublicClient,
  wallet: Wallet,
  creationCode: Hex,
): Promise<Address> {
  const hash = await wallet.sendTransaction({ data: creationCode });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (contractAddress === null || contractAddress === undefined) throw new Error('not deployed');
  return contractAddress;
}

/** A contract that Hardhat compiled, by its name under contracts/. */
export async function deployCompiled(
  reader: PublicClient,
  wallet: Wallet,
  name: string,
  args: readonly unknown[],
): Promise<Address> {
  const { abi, bytecode } = await readCompiled(name);
  return deploy(reader, wallet, encodeDeployData({ abi, bytecode, args: [...args] }));
}

/** EAS from its published build: one attestation of 96 bytes under a fresh schema. */
export async function measureEasAttest(client: PublicClient, wallet: Wallet): Promise<Gas> {
  const published = (name: string) =>
    readArtifact(require.resolve(`${EAS}/${name}.sol/${name}.json`));
  const schemas = await deploy(client, wallet, (await published('SchemaRegistry')).bytecode);
  const { abi, bytecode } = await published('EAS');
  const eas = await deploy(client, wallet, encodeDeployData({ abi, bytecode, args: [schemas] }));
  const registry = getContract({
    address: schemas,
    abi: SCHEMA_REGISTRY_ABI,
    client: { public: client, wallet },
  });
  const text = 'bytes32 root,uint256 energyWh,uint256 period';
  await client.waitForTransactionReceipt({
    hash: await registry.write.register([text, zeroAddress, true]),
  });
  const [registered] = await registry.getEvents.Registered({}, { fromBlock: 0n });
  const schema = registered?.args.uid ?? zeroHash;
  const contract = getContract({ address: eas, abi: EAS_ABI, client: { public: client, wallet } });
  const data: Hex = `0x${'5a'.repeat(96)}`;
  const hash = await contract.write.attest([
    {
      schema,
      data: {
        recipient: wallet.account.address,
        expirationTime: 0n,
        revocable: true,
        refUID: zeroHash,
        data,
        value: 0n,
      },
    },
  ]);
  return priceOf(client, hash);
}

/** OpenZeppelin's ERC-1155 with nothing added: mint of an id that nobody held before. */
export async function measureErc1155Mint(client: PublicClient, wallet: Wallet): Promise<Gas> {
  const address = await deploy(client, wallet, (await readCompiled('mocks/PlainErc1155')).bytecode);
  const token = getContract({ address, abi: TOKEN_ABI, client: { public: client, wallet } });
  return priceOf(client, await token.write.mint([1n, 1_000_000n]));
}
