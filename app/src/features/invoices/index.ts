export { readBilling } from './billing.ts';
export { BillingField } from './BillingField.tsx';
export { InvoiceButton } from './InvoiceButton.tsx';
export type { InvoiceFacts } from './invoice.ts';
