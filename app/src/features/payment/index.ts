export { approveTransaction } from './approve.ts';
export { PayDialog } from './PayDialog.tsx';
export { laterUp, mostOf, subscriptionPayee, type Purchase } from './purchase.ts';
