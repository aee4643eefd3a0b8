import { registryAbi, toHex, verificationAbi, type Hex } from '@truetonne/protocol';
import type { SignedClaim } from '@truetonne/device-signer';
import { parseEventLogs, stringToHex, type Address, type HDAccount } from 'viem';
import { DEVELOPMENT_ACCOUNTS } from './accounts.ts';
import type { AddressBook } from './addressBook.ts';
import { getFactorUgPerWh, readMethodologies, type Methodology } from './methodology.ts';
import { createWallet, type Wallet } from './wallet.ts';

const SECONDS_PER_DAY = 86_400;
const ACCREDITED_DAYS = 3_650;

/** Of the contracts' `Role`. */
const VERIFIER = 3;
/** What is submitted here counts at once: no verifier has to be at hand for the first batch. */
const NO_DEMANDS = { approvals: 0, recomputation: false, bufferBps: 0 };
/** A batch counts once one verifier has approved it. */
export const ONE_APPROVAL = { ...NO_DEMANDS, approvals: 1 };
type Demands = typeof NO_DEMANDS;

/** A plant to register: power in W, place in millionths of a degree, times in Unix seconds. */
export interface PlantPlan {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly latitudeE6: number;
  readonly longitudeE6: number;
  readonly utcOffsetMinutes: number;
  readonly capacityW: number;
  readonly creditingFrom: number;
  readonly creditingUntil: number;
}

/** What the roles of a registry do to set a plant up, on the local chain with development accounts. */
export interface Provisioner {
  readonly owner: Wallet;
  /** Registers the plant as its owner and validates it; answers its project id. */
  readonly addPlant: (plan: PlantPlan) => Promise<number>;
  /** Registers a device with its claim and binds it to the project. */
  readonly addDevice: (claim: SignedClaim, projectId: number, capacityW: number) => Promise<void>;
}

/** Publishes every methodology version, accredits the validator, and answers what adds plants and devices. */
export async function createProvisioner(
  book: AddressBook,
  demands: Demands = NO_DEMANDS,
): Promise<Provisioner> {
  const contract = { address: book.registry, abi: registryAbi } as const;
  const walletOf = (account: HDAccount): Wallet => createWallet(book.rpcUrl, book.chainId, account);
  const admin = walletOf(DEVELOPMENT_ACCOUNTS.admin);
  const validator = walletOf(DEVELOPMENT_ACCOUNTS.validator);
  const owner = walletOf(DEVELOPMENT_ACCOUNTS.projectOwner);
  const methodologyId = await publishMethodologies(admin, book.registry, demands);
  const until = Math.floor(Date.now() / 1000) + ACCREDITED_DAYS * SECONDS_PER_DAY;
  await accreditValidator(admin, book.registry, until);
  await accreditVerifiers(admin, book.verification, until);

  return {
    owner,
    async addPlant({ country, ...plan }) {
      const plant = { ...plan, methodologyId, country: stringToHex(country) };
      const registered = await owner.confirm(
        await owner.writer.writeContract({
          ...contract,
          functionName: 'registerProject',
          args: [plant],
        }),
      );
      const [event] = parseEventLogs({
        abi: registryAbi,
        eventName: 'ProjectRegistered',
        logs: registered.logs,
      });
      if (event === undefined) throw new Error('registerProject emitted no ProjectRegistered');
      const { projectId } = event.args;
      const factorUgPerWh = getFactorUgPerWh(country);
      const args = [projectId, factorUgPerWh, DEVELOPMENT_ACCOUNTS.submitter.address] as const;
      await validator.confirm(
        await validator.writer.writeContract({
          ...contract,
          functionName: 'validateProject',
          args,
        }),
      );
      return projectId;
    },
    async addDevice({ claim, claimBytes, publicKey, signature }, projectId, capacityW) {
      const proof: [Hex, Hex, Hex] = [toHex(claimBytes), toHex(publicKey), toHex(signature)];
      await owner.confirm(
        await owner.writer.writeContract({ ...contract, functionName: 'claimDevice', args: proof }),
      );
      const binding = [claim.deviceId, projectId, capacityW] as const;
      await owner.confirm(
        await owner.writer.writeContract({
          ...contract,
          functionName: 'bindDevice',
          args: binding,
        }),
      );
    },
  };
}

async function accreditValidator(admin: Wallet, registry: Address, until: number) {
  await admin.confirm(
    await admin.writer.writeContract({
      address: registry,
      abi: registryAbi,
      functionName: 'accredit',
      args: [DEVELOPMENT_ACCOUNTS.validator.address, until],
    }),
  );
}

/** They can reject, void and, under a version that asks for approvals, verify. */
async function accreditVerifiers(admin: Wallet, verification: Address, until: number) {
  const { verifier, secondVerifier } = DEVELOPMENT_ACCOUNTS;
  for (const { address } of [verifier, secondVerifier]) {
    await admin.confirm(
      await admin.writer.writeContract({
        address: verification,
        abi: verificationAbi,
        functionName: 'accredit',
        args: [address, VERIFIER, until],
      }),
    );
  }
}

/** Answers the id of the version that plants run on. */
async function publishMethodologies(
  admin: Wallet,
  registry: Address,
  demands: Demands,
): Promise<number> {
  const ids: number[] = [];
  for (const version of readMethodologies())
    ids.push(await publishMethodology(admin, registry, version, demands));
  const [methodologyId] = ids;
  if (methodologyId === undefined) throw new Error('data/methodologies has no parameter file');
  return methodologyId;
}

async function publishMethodology(
  admin: Wallet,
  registry: Address,
  { code, version, parametersHash, validFrom, validUntil }: Methodology,
  demands: Demands,
): Promise<number> {
  const published = await admin.confirm(
    await admin.writer.writeContract({
      address: registry,
      abi: registryAbi,
      functionName: 'publishMethodology',
      args: [code, version, parametersHash, validFrom, validUntil, demands],
    }),
  );
  const [event] = parseEventLogs({
    abi: registryAbi,
    eventName: 'MethodologyPublished',
    logs: published.logs,
  });
  if (event === undefined) throw new Error('publishMethodology emitted no MethodologyPublished');
  return event.args.methodologyId;
}
