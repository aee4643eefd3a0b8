export { BatchStatements } from './BatchStatements.tsx';
export { CalibrationCard } from './CalibrationCard.tsx';
export { InvoiceCard } from './InvoiceCard.tsx';
