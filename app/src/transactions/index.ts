export { TransactionSteps } from './TransactionSteps.tsx';
