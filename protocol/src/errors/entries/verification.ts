import type { CatalogueEntry } from './entry.ts';

/** What a verifier can find wrong with a batch. */
export const verification = {
  CHAIN_RECORD_MISMATCH: {
    status: 422,
    title: 'The batch file and the chain disagree',
    todo: 'Do not trust this file; fetch it again by its CID.',
  },
  FILE_ALTERED: {
    status: 422,
    title: 'The file is not the one that the chain names',
    todo: 'Fetch it again by its CID.',
  },
  FILE_MISSING: {
    status: 404,
    title: 'The batch file is not here',
    todo: 'Fetch it by its CID from any IPFS node or mirror and give its path.',
  },
  FINDING_INVALID: {
    status: 422,
    title: 'A finding of the file does not fit its reading',
    todo: 'The oracle that made this batch is wrong: do not accept it.',
  },
  FINDING_MISSING: {
    status: 422,
    title: 'A reading should not have counted and did',
    todo: 'The oracle that made this batch is wrong: do not accept it.',
  },
  GRAMS_MISMATCH: {
    status: 422,
    title: 'The grams on the chain are not those of the formula',
    todo: 'Do not accept this batch.',
  },
  ROOT_MISMATCH: {
    status: 422,
    title: 'The tree of these windows has another root',
    todo: 'Windows were added, left out or changed: do not trust this file.',
  },
  WINDOW_ORDER: {
    status: 422,
    title: 'Windows are not in the canonical order',
    todo: 'Do not trust this file.',
  },
} as const satisfies Record<string, CatalogueEntry>;
