export { contractCall, type ContractCall, type Transaction } from './transaction.ts';
export { TransactionSteps } from './TransactionSteps.tsx';
