/** What the indexer knows, by type. Energy in Wh, mass in g, times in Unix seconds. */
import {
  address,
  big,
  flag,
  hex,
  integer,
  object,
  oneOf,
  optional,
  text,
  type Parser,
} from '../parse.ts';

const methodology = object({ code: text, version: text });

export const PROJECT_FIELDS = `
  id owner name country latitudeE6 longitudeE6 utcOffsetMinutes capacityW creditingFrom
  creditingUntil registeredAt validatorAddress submitter factorUgPerWh validatedAt deviceCount boundCapacityW
  batchCount exportedWh importedWh deductedWh creditableWh grams mintedGrams retiredGrams deficitWh
  remainderUg lastPeriodEnd methodologyId kind owedGrams owedCertificates blocked
  methodology { code version }`;

export const project = object({
  id: integer,
  owner: address,
  name: text,
  country: text,
  latitudeE6: integer,
  longitudeE6: integer,
  utcOffsetMinutes: integer,
  capacityW: big,
  creditingFrom: integer,
  creditingUntil: integer,
  registeredAt: integer,
  validatorAddress: optional(address),
  submitter: optional(address),
  factorUgPerWh: optional(big),
  validatedAt: optional(integer),
  deviceCount: integer,
  boundCapacityW: big,
  batchCount: integer,
  exportedWh: big,
  importedWh: big,
  deductedWh: big,
  creditableWh: big,
  grams: big,
  mintedGrams: big,
  retiredGrams: big,
  deficitWh: big,
  remainderUg: big,
  lastPeriodEnd: optional(integer),
  methodologyId: integer,
  /** What the batches submitted from now on are claimed as. */
  kind: oneOf('carbon', 'energy'),
  /** What it owes because batches of it were voided. */
  owedGrams: big,
  owedCertificates: big,
  /** A debt or an announced void keeps it from minting. */
  blocked: flag,
  methodology: optional(methodology),
});
export type Project = ReturnType<typeof project>;

export const BATCH_FIELDS = `
  id projectId number state root fileDigest periodStart periodEnd month vintage deviceCount
  exportedWh importedWh deductedWh creditableWh grams factorUgPerWh openingDeficitWh
  openingRemainderUg blockNumber submittedAt transactionHash kind settledAt creditId mintedTo firstSerial
  mintedAt mintTransactionHash
  project {
    name owner submitter validatorAddress blocked owedGrams owedCertificates
    methodology { approvals recomputation bufferBps }
  }`;

const projectOfBatch = object({
  name: text,
  owner: address,
  submitter: optional(address),
  validatorAddress: optional(address),
  /** A debt or an announced void keeps the project from minting. */
  blocked: flag,
  owedGrams: big,
  owedCertificates: big,
  /** What its methodology version asks for before a batch counts. */
  methodology: optional(object({ approvals: integer, recomputation: flag, bufferBps: integer })),
});

export const batch = object({
  id: big,
  projectId: integer,
  number: integer,
  state: oneOf('submitted', 'verified', 'rejected', 'minted', 'voided'),
  root: hex,
  fileDigest: hex,
  periodStart: integer,
  periodEnd: integer,
  month: text,
  vintage: integer,
  deviceCount: integer,
  exportedWh: big,
  importedWh: big,
  deductedWh: big,
  creditableWh: big,
  grams: big,
  factorUgPerWh: big,
  openingDeficitWh: big,
  openingRemainderUg: big,
  blockNumber: big,
  submittedAt: integer,
  transactionHash: hex,
  kind: oneOf('carbon', 'energy'),
  settledAt: optional(integer),
  creditId: optional(big),
  mintedTo: optional(address),
  firstSerial: optional(big),
  mintedAt: optional(integer),
  mintTransactionHash: optional(hex),
  project: optional(projectOfBatch),
});
export type Batch = ReturnType<typeof batch>;

export const MONTH_FIELDS =
  'projectId month batchCount exportedWh importedWh deductedWh creditableWh grams';

export const projectMonth = object({
  projectId: integer,
  month: text,
  batchCount: integer,
  exportedWh: big,
  importedWh: big,
  deductedWh: big,
  creditableWh: big,
  grams: big,
});
export type ProjectMonth = ReturnType<typeof projectMonth>;

const creditOfProject = object({
  vintage: integer,
  projectId: integer,
  project: optional(object({ name: text, country: text })),
});
const CREDIT_OF_PROJECT = 'credit { vintage projectId project { name country } }';

export const BALANCE_FIELDS = `account creditId grams ${CREDIT_OF_PROJECT}`;

export const balance = object({
  account: address,
  creditId: big,
  grams: big,
  credit: optional(creditOfProject),
});
export type Balance = ReturnType<typeof balance>;

export const RETIREMENT_FIELDS = `
  id account creditId grams firstSerial beneficiary commitment purpose periodFrom periodUntil at
  transactionHash certificate { revealedBeneficiary revealedSalt revealedAt } ${CREDIT_OF_PROJECT}`;

/** A private beneficiary may be revealed on the chain later. */
const certificate = object({
  revealedBeneficiary: optional(text),
  revealedSalt: optional(hex),
  revealedAt: optional(integer),
});

export const retirement = object({
  id: big,
  account: address,
  creditId: big,
  grams: big,
  firstSerial: big,
  beneficiary: text,
  commitment: optional(hex),
  purpose: text,
  periodFrom: optional(integer),
  periodUntil: optional(integer),
  at: integer,
  transactionHash: hex,
  certificate: optional(certificate),
  credit: optional(creditOfProject),
});
export type Retirement = ReturnType<typeof retirement>;

/** The highest block that the indexer has worked through, over all chains it follows. */
export const indexedBlock: Parser<number> = (value, path) => {
  const { _meta } = object({ _meta: object({ status: chains }) })(value, path);
  return Math.max(0, ..._meta.status);
};

const chains: Parser<readonly number[]> = (value, path) => {
  const status = object({ block: object({ number: integer }) });
  const byChain = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return byChain.map(([chain, entry]) => status(entry, `${path}.${chain}`).block.number);
};
