/** The directory of suppliers, how they rank, and the figures that they submit. */
import type { Address } from 'viem';
import { readAllPages } from '../allPages.ts';
import { integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { kg } from './kg.ts';
import { GWP_SETS, ownPath, type GwpSet } from './organisations.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { cursorPage, type CursorPage } from './page.ts';

const supplier = object({
  id: text,
  name: text,
  country: text,
  naics: optional(text),
  contact: text,
});
export type Supplier = ReturnType<typeof supplier>;

const ranked = object({
  supplierId: text,
  gwpSet: text,
  lines: integer,
  kgCo2e: kg,
  estimatedPercent: optional(text),
});
/** A supplier's emissions of a span, and the share of them that is by spend or averages. */
export type RankedSupplier = ReturnType<typeof ranked>;

const figure = object({
  id: text,
  supplierId: text,
  firstDay: text,
  lastDay: text,
  category: text,
  kgCo2e: text,
  gwpSet: oneOf(...GWP_SETS),
  source: text,
  state: oneOf('submitted', 'accepted', 'refused', 'withdrawn'),
  reason: optional(text),
  activityId: optional(text),
  replaced: listOf(text),
  submittedAt: integer,
});
/** What a supplier says of its own emissions; `replaced`: the estimates that went out for it. */
export type SupplierFigure = ReturnType<typeof figure>;

const portal = object({
  organisation: text,
  supplier: object({ name: text }),
  figures: listOf(figure),
});
export type SupplierPortal = ReturnType<typeof portal>;

const anything = (): null => null;

export function fetchSuppliers(
  oracleUrl: string,
  id: string,
  cursor: string | undefined,
): Promise<CursorPage<Supplier>> {
  const path = ownPath(id, '/v1/suppliers', { cursor });
  return askOwn(oracleUrl, path, cursorPage('suppliers', supplier));
}

export function fetchSupplier(oracleUrl: string, id: string, which: string): Promise<Supplier> {
  return askOwn(oracleUrl, ownPath(id, `/v1/suppliers/${which}`), supplier);
}

/** All suppliers of a span. `from`, `until`: months such as "2024-01", both within. */
export function fetchRanking(
  oracleUrl: string,
  id: string,
  span: { readonly from: string; readonly until: string },
): Promise<readonly RankedSupplier[]> {
  return readAllPages((cursor) => {
    const path = ownPath(id, '/v1/suppliers/ranking', { ...span, cursor });
    return askOwn(oracleUrl, path, cursorPage('suppliers', ranked));
  });
}

export interface NewSupplier {
  readonly name: string;
  readonly country: string;
  readonly naics: string | null;
  readonly contact: string;
}

export function addSupplier(writer: Writer, id: string, body: NewSupplier): Promise<Supplier> {
  return writeOwn(writer, { method: 'POST', path: ownPath(id, '/v1/suppliers'), body }, supplier);
}

export function inviteSupplier(
  writer: Writer,
  id: string,
  which: string,
  whom: Address,
): Promise<null> {
  const path = ownPath(id, `/v1/suppliers/${which}/invite`);
  return writeOwn(writer, { method: 'POST', path, body: { address: whom } }, anything);
}

export function fetchFigures(
  oracleUrl: string,
  id: string,
  supplierId: string,
  cursor: string | undefined,
): Promise<CursorPage<SupplierFigure>> {
  const path = ownPath(id, '/v1/figures', { supplierId, cursor });
  return askOwn(oracleUrl, path, cursorPage('figures', figure));
}

/** Takes a figure into the inventory in place of the estimates of its period. */
export function acceptFigure(
  writer: Writer,
  id: string,
  which: string,
  workspaceId: string,
): Promise<null> {
  const path = ownPath(id, `/v1/figures/${which}/accept`);
  return writeOwn(writer, { method: 'POST', path, body: { workspaceId } }, anything);
}

export function refuseFigure(
  writer: Writer,
  id: string,
  which: string,
  reason: string,
): Promise<null> {
  const path = ownPath(id, `/v1/figures/${which}/refuse`);
  return writeOwn(writer, { method: 'POST', path, body: { reason } }, anything);
}

export function fetchPortal(oracleUrl: string, id: string): Promise<SupplierPortal> {
  return askOwn(oracleUrl, ownPath(id, '/v1/portal'), portal);
}

export interface NewFigure {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly category: string;
  readonly kgCo2e: string;
  readonly gwpSet: GwpSet;
  readonly source: string;
}

export function submitFigure(writer: Writer, id: string, body: NewFigure): Promise<SupplierFigure> {
  return writeOwn(
    writer,
    { method: 'POST', path: ownPath(id, '/v1/portal/figures'), body },
    figure,
  );
}

export function withdrawFigure(writer: Writer, id: string, which: string): Promise<null> {
  const path = ownPath(id, `/v1/portal/figures/${which}/withdraw`);
  return writeOwn(writer, { method: 'POST', path }, anything);
}
