export type { Transaction } from './transaction.ts';
export { TransactionDialog } from './TransactionDialog.tsx';
export { TransactionSteps } from './TransactionSteps.tsx';
