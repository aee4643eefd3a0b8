export { clientOf, reasonOf, refuseEarly, send, simulate, untilIndexed } from './chain.ts';
export { coinsUp } from './coins.ts';
export { contractCall, type ContractCall, type Transaction } from './transaction.ts';
export { TransactionDialog } from './TransactionDialog.tsx';
export { Reason, TransactionSteps } from './TransactionSteps.tsx';
