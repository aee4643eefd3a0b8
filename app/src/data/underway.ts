/** When a list is asked for again by itself. */

interface Loaded<Item> {
  readonly pages: readonly { readonly items: readonly Item[] }[];
}

/** Each so many milliseconds while something of the list changes by itself, and else not at all. */
export function whileUnderway<Item>(
  isUnderway: (item: Item) => boolean,
  milliseconds: number,
): (query: { readonly state: { readonly data: Loaded<Item> | undefined } }) => number | false {
  return ({ state: { data } }) =>
    data?.pages.some(({ items }) => items.some(isUnderway)) === true ? milliseconds : false;
}

/** A job of the oracle that waits for its turn or runs: something still comes of it. */
export function isJobUnderway({ status }: { readonly status: string }): boolean {
  return status === 'queued' || status === 'running';
}
