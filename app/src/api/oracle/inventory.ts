/** An organisation's activities and the inventory that they add up to. */
import { flag, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import {
  activityInput,
  quantityShape,
  sourcedShape,
  type EnteredQuantity,
  type FactorRef,
  type Market,
} from './activityInput.ts';
import { citation } from './citations.ts';
import { kg } from './kg.ts';
import { ownPath } from './organisations.ts';
import { askOwn, askVersioned, writeOwn, type Versioned, type Writer } from './own.ts';
import { cursorPage, itemsUnder, type CursorPage } from './page.ts';

const sumShape = {
  lines: integer,
  kgCo2e: kg,
  biogenicKgCo2: kg,
  otherGasesKgCo2e: kg,
  uncertainty: optional(object({ statedKgCo2e: kg, halfWidthKgCo2e: kg })),
};

const inventory = object({
  version: integer,
  scopes: listOf(object({ scope: text, gwpSet: text, ...sumShape })),
  groups: listOf(
    object({
      by: text,
      key: text,
      month: optional(text),
      scope: text,
      gwpSet: text,
      kg: optional(kg),
      ...sumShape,
    }),
  ),
});
/** Totals of a span; masses are in nanograms. */
export type Inventory = ReturnType<typeof inventory>;
export type InventoryGroup = Inventory['groups'][number];

export interface InventoryQuestion {
  /** Months such as "2024-01", both within. */
  readonly from: string;
  readonly until: string;
  /** `category,site,supplier,gas` or some of them. */
  readonly by: string;
  readonly monthly: boolean;
  /** One workspace alone; all of them when undefined. */
  readonly workspaceId: string | undefined;
}

export function fetchInventory(
  oracleUrl: string,
  id: string,
  { monthly, ...question }: InventoryQuestion,
): Promise<Inventory> {
  const path = ownPath(id, '/v1/inventory', { ...question, monthly: String(monthly) });
  return askOwn(oracleUrl, path, inventory);
}

const line = object({
  scope: text,
  category: text,
  gwpSet: text,
  kgCo2e: kg,
  biogenicKgCo2: kg,
  otherGasesKgCo2e: kg,
  gases: listOf(object({ gas: text, place: text, kg: optional(kg), kgCo2e: kg })),
  notes: listOf(text),
});

const activity = object({
  id: text,
  version: integer,
  change: oneOf('created', 'changed', 'recalculated', 'deleted'),
  workspaceId: text,
  supplierId: optional(text),
  evidence: text,
  readings: optional(citation),
  input: activityInput,
  lines: listOf(line),
  engineVersion: text,
  actor: text,
  changedAt: integer,
});
export type Activity = ReturnType<typeof activity>;

export interface ActivityFilter {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly scope?: string | undefined;
  readonly category?: string | undefined;
  readonly site?: string | undefined;
  readonly supplierId?: string | undefined;
  readonly gas?: string | undefined;
  readonly workspaceId?: string | undefined;
}

export function fetchActivities(
  oracleUrl: string,
  id: string,
  filter: ActivityFilter,
  cursor: string | undefined,
): Promise<CursorPage<Activity>> {
  const path = ownPath(id, '/v1/activities', { ...filter, cursor, limit: '50' });
  return askOwn(oracleUrl, path, cursorPage('activities', activity));
}

export function fetchActivity(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<Versioned<Activity>> {
  return askVersioned(oracleUrl, ownPath(id, `/v1/activities/${which}`), activity);
}

export async function fetchActivityHistory(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<readonly Activity[]> {
  const path = ownPath(id, `/v1/activities/${which}/history`);
  const { versions } = await askOwn(oracleUrl, path, object({ versions: listOf(activity) }));
  return versions;
}

const item = object({
  label: optional(text),
  note: optional(text),
  formula: text,
  cites: text,
  inputs: listOf(object({ label: text, ...quantityShape, ...sourcedShape })),
  quantity: text,
  factor: object({
    id: text,
    name: text,
    source: text,
    published: text,
    unit: text,
    uncertainty: optional(object({ percent: text, source: text })),
    gases: listOf(object({ gas: text, kgCo2e: text })),
  }),
  rule: text,
  missed: listOf(text),
  rounding: text,
});
export type ExplainedItem = ReturnType<typeof item>;

const explainedShape = {
  lines: listOf(
    object({
      ...{ scope: text, category: text, gwpSet: text },
      ...{ kgCo2e: kg, biogenicKgCo2: kg, otherGasesKgCo2e: kg },
      uncertainty: optional(object({ halfWidthKgCo2e: kg })),
      items: listOf(item),
    }),
  ),
};
const explained = object(explainedShape);
/** Lines opened to inputs, formula, factor, rule and rounding. */
export type Explained = ReturnType<typeof explained>;

const explanation = object({
  ...explainedShape,
  current: flag,
  problem: optional(object({ code: text, detail: text })),
});

export function fetchExplanation(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<ReturnType<typeof explanation>> {
  return askOwn(oracleUrl, ownPath(id, `/v1/activities/${which}/explanation`), explanation);
}

/** What a person enters; the engine refuses what it can't compute exactly, and says why. */
export interface ActivityBody {
  readonly workspaceId: string;
  readonly supplierId?: string;
  readonly method: string;
  readonly category?: string;
  readonly date: string;
  readonly region?: string;
  readonly site?: string;
  readonly evidence: string;
  readonly items: readonly {
    readonly part?: string;
    readonly inputs: Readonly<Record<string, EnteredQuantity>>;
    readonly factor: FactorRef;
  }[];
  readonly market?: Market;
  /** Signed readings that the energy is taken from. */
  readonly readings?: {
    readonly deviceIds: readonly string[];
    readonly from: number;
    readonly until: number;
  };
}

/** What it would come to; nothing is stored. */
export function previewActivity(
  writer: Writer,
  id: string,
  body: ActivityBody,
): Promise<Explained> {
  const path = ownPath(id, '/v1/activities/preview');
  return writeOwn(writer, { method: 'POST', path, body }, explained);
}

export function logActivity(writer: Writer, id: string, body: ActivityBody): Promise<Activity> {
  return writeOwn(writer, { method: 'POST', path: ownPath(id, '/v1/activities'), body }, activity);
}

/** Another version of an activity; the one that was read has to be the newest still. */
export function changeActivity(
  writer: Writer,
  id: string,
  which: { readonly id: string; readonly etag: string },
  body: ActivityBody,
): Promise<Activity> {
  const path = ownPath(id, `/v1/activities/${which.id}`);
  return writeOwn(writer, { method: 'PUT', path, body, match: which.etag }, activity);
}

export function deleteActivity(
  writer: Writer,
  id: string,
  which: string,
  match: string,
): Promise<null> {
  const path = ownPath(id, `/v1/activities/${which}`);
  return writeOwn(writer, { method: 'DELETE', path, match }, () => null);
}

const workspace = object({ id: text, name: text, closedAt: optional(integer) });
export type Workspace = ReturnType<typeof workspace>;

export function fetchWorkspaces(oracleUrl: string, id: string): Promise<readonly Workspace[]> {
  return askOwn(oracleUrl, ownPath(id, '/v1/workspaces'), itemsUnder('workspaces', workspace));
}

export function openWorkspace(writer: Writer, id: string, name: string): Promise<Workspace> {
  const path = ownPath(id, '/v1/workspaces');
  return writeOwn(writer, { method: 'POST', path, body: { name } }, workspace);
}

/** It takes no more activities; what is in it stays. */
export function closeWorkspace(writer: Writer, id: string, which: string): Promise<Workspace> {
  const path = ownPath(id, `/v1/workspaces/${which}/close`);
  return writeOwn(writer, { method: 'POST', path }, workspace);
}
