export { clientOf, reasonOf, refuseEarly, send, simulate, untilIndexed } from './chain.ts';
export { coinsUp } from './coins.ts';
export type { Transaction } from './transaction.ts';
export { TransactionDialog } from './TransactionDialog.tsx';
export { TransactionSteps } from './TransactionSteps.tsx';
