export { approveTransaction } from './approve.ts';
export { PayDialog } from './PayDialog.tsx';
export { laterUp, mostOf, type Means, type Purchase } from './purchase.ts';
