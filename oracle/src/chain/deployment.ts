import { readFileSync } from 'node:fs';
import { TonneError, type Hex } from '@truetonne/protocol';
import { z } from 'zod';

/** The address book of a network, as the deployment writes it. */
export interface Deployment {
  readonly network: string;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly registry: Hex;
  readonly deployedAtBlock: number;
}

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);

const shape = z.object({
  network: z.string(),
  chainId: z.int().positive(),
  rpcUrl: z.url(),
  registry: address,
  deployedAtBlock: z.int().nonnegative(),
});

/** Reads an address book. Throws CONFIGURATION_INVALID with the field. */
export function readDeployment(path: string): Deployment {
  const parsed = shape.safeParse(parseJson(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = `TRUETONNE_DEPLOYMENT ${path}: ${issue?.path.join('.') ?? ''}`;
    throw new TonneError('CONFIGURATION_INVALID', {
      field,
      expected: issue?.message ?? 'an address book',
    });
  }
  // Proof: the expression above took nothing but an address.
  const registry = parsed.data.registry.toLowerCase() as Hex;
  return { ...parsed.data, registry };
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('CONFIGURATION_INVALID', { field: `TRUETONNE_DEPLOYMENT ${path}`, value });
  }
}
