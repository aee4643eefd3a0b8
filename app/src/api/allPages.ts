/** A part of a list: of the oracle or of the indexer. */
interface Part<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Follows the cursors of a list to its end: for what is summed or chosen from, which no part stands for. */
export async function readAllPages<Item>(
  readPage: (cursor: string | undefined) => Promise<Part<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Part<Item> = await readPage(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}
