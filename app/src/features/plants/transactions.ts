import { registryAbi } from '@truetonne/protocol';
import { stringToHex, type Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { coordinates, date, factor, phrase, power, utcOffset } from '../../ui/format.ts';
import type { Plant } from './plant.ts';

/** Registers a plant; the wallet becomes the owner of the project. */
export function registerTransaction(
  registry: Address,
  plant: Plant,
  versionName: string,
): Transaction {
  const { country, ...rest } = plant;
  return {
    title: `Register ${plant.name}`,
    effects: [
      { label: 'Plant', value: plant.name },
      { label: 'Country', value: country },
      { label: 'Location', value: coordinates(plant.latitudeE6, plant.longitudeE6) },
      { label: 'Capacity', value: phrase(power(BigInt(plant.capacityW) * 1_000n)) },
      { label: 'Methodology', value: versionName },
      {
        label: 'Crediting period (UTC)',
        value: `${date(plant.creditingFrom)} – ${date(plant.creditingUntil)}`,
      },
      { label: 'Vintages turn at midnight of', value: utcOffset(plant.utcOffsetMinutes) },
    ],
    warning:
      'None of it can be changed later. The wallet becomes a party: it can never judge here.',
    action: 'Register the plant',
    done: 'The plant is registered',
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'registerProject',
      args: [{ ...rest, country: stringToHex(country) }],
    }),
  };
}

export interface ValidateInput {
  readonly projectId: number;
  readonly name: string;
  readonly factorUgPerWh: number;
  readonly submitter: Address;
}

/** States that a project is real. Only an accredited validator may. */
export function validateTransaction(registry: Address, input: ValidateInput): Transaction {
  const { projectId, name, factorUgPerWh, submitter } = input;
  return {
    title: `Validate ${name}`,
    effects: [
      { label: 'You state', value: `${name} is real, and may be credited` },
      { label: 'Emission factor, for good', value: phrase(factor(BigInt(factorUgPerWh))) },
      { label: 'Who may submit its batches', value: submitter, wide: true },
    ],
    warning: 'The factor can never be changed. Your wallet stands for it, for everyone to see.',
    action: 'Validate the project',
    done: 'The project is validated',
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'validateProject',
      args: [projectId, factorUgPerWh, submitter],
    }),
  };
}
