export { approveTransaction } from './approve.ts';
export { PayDialog } from './PayDialog.tsx';
export { laterUp, mostOf, subscriptionPayee, type Purchase, type Timing } from './purchase.ts';
