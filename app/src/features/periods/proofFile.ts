/** The file with which anybody checks lines of one activity: as the oracle sealed them. */
import { verifyInventoryLine } from '@truetonne/protocol';
import type { Address, Hex } from 'viem';
import type { LineProofs } from '../../api/oracle/periods.ts';
import { address, hex, integer, listOf, object, optional, text } from '../../api/parse.ts';

const proofFile = object({
  root: hex,
  number: integer,
  lines: listOf(object({ position: integer, line: text, proof: listOf(hex) })),
  organisation: hex,
  firstDay: text,
  lastDay: text,
  anchorer: optional(address),
});
/** An answer of /v1/proofs, and where its root stands on the chain. */
export type ProofFile = ReturnType<typeof proofFile>;

/** @throws ShapeError or SyntaxError when it is no such file */
export function parseProofFile(content: string): ProofFile {
  return proofFile(JSON.parse(content), 'file');
}

/** What is left of a closed inventory's anchor when a proof is taken out of it. */
export interface ProofPlace {
  readonly organisation: Hex;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly anchorer: Address;
}

export function toProofFile(proofs: LineProofs, place: ProofPlace): string {
  return `${JSON.stringify({ ...proofs, ...place }, null, 2)}\n`;
}

const sealedLine = object({
  date: text,
  method: text,
  scope: text,
  category: text,
  site: text,
  evidence: text,
  gwpSet: text,
  co2eNg: text,
});

/** What a line says, once it is proven. */
export type ProvenLine = Omit<ReturnType<typeof sealedLine>, 'co2eNg'> & {
  readonly position: number;
  readonly co2eNg: bigint;
};

/**
 * Checks every line of a file against a root, which should come from the chain.
 *
 * @throws TonneError LINE_NOT_IN_INVENTORY; ShapeError for a line that is no line of an inventory
 */
export async function proveLines({ lines }: ProofFile, root: Hex): Promise<readonly ProvenLine[]> {
  const proven: ProvenLine[] = [];
  for (const { position, line, proof } of lines) {
    await verifyInventoryLine(line, proof, root);
    const said = sealedLine(JSON.parse(line), `line ${position}`);
    proven.push({ ...said, position, co2eNg: BigInt(said.co2eNg) });
  }
  return proven;
}
