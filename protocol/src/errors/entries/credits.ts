import type { CatalogueEntry } from './entry.ts';

/** Refusals of the credit contract, and of the parts of OpenZeppelin in both contracts. */
export const credits = {
  ERC1155_INSUFFICIENT_BALANCE: {
    status: 422,
    title: 'The wallet holds less than that',
    todo: 'Move or retire at most the balance.',
  },
  ERC1155_INVALID_APPROVER: {
    status: 422,
    title: 'The zero address can not approve',
    todo: 'Use a wallet.',
  },
  ERC1155_INVALID_ARRAY_LENGTH: {
    status: 422,
    title: 'Ids and amounts are not as many',
    todo: 'Give one amount for each id.',
  },
  ERC1155_INVALID_OPERATOR: {
    status: 422,
    title: 'The zero address can not be approved',
    todo: 'Give the address of the operator.',
  },
  ERC1155_INVALID_RECEIVER: {
    status: 422,
    title: 'The receiver can not hold credits',
    todo: 'Use a wallet, or a contract that accepts ERC-1155 tokens.',
  },
  ERC1155_INVALID_SENDER: {
    status: 422,
    title: 'The zero address holds nothing',
    todo: 'Use the wallet that holds the credits.',
  },
  ERC1155_MISSING_APPROVAL_FOR_ALL: {
    status: 403,
    title: 'The wallet may not move credits of the other',
    todo: 'Have the holder approve it first.',
  },
  NOT_REGISTRY: {
    status: 403,
    title: 'Only the registry issues credits',
    todo: 'Mint a batch in the registry.',
  },
  OWNABLE_INVALID_OWNER: {
    status: 422,
    title: 'The zero address can not be the admin',
    todo: 'Give the address of the admin.',
  },
  OWNABLE_UNAUTHORIZED_ACCOUNT: {
    status: 403,
    title: 'Only the admin may do this',
    todo: 'Use the wallet of the admin.',
  },
  RETIREMENT_EMPTY: {
    status: 422,
    title: 'Zero grams can not be retired',
    todo: 'Retire at least one gram.',
  },
  RETIREMENT_UNKNOWN: {
    status: 404,
    title: 'No retirement with this id',
    todo: 'Check the id: credit id x 10^20 + first retired serial.',
  },
  SAFE_CAST_OVERFLOWED_UINT_DOWNCAST: {
    status: 422,
    title: 'A sum is larger than its field can hold',
    todo: 'Submit fewer devices in one batch.',
  },
} as const satisfies Record<string, CatalogueEntry>;
