/** `status` is the HTTP status where the API answers with the code; `todo` tells the reader what to do. */
export interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
  readonly todo: string;
}
