import type { ReactNode } from 'react';
import { TextAreaField } from '../../ui/index.ts';
import { saveBilling } from './billing.ts';

interface BillingFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Who is billed, for the PDF alone. */
export function BillingField({ value, onChange }: BillingFieldProps): ReactNode {
  return (
    <details className="details">
      <summary>Name and address on invoices</summary>
      <TextAreaField
        label="Billed to"
        value={value}
        hint="Name, address, VAT number; one line each. It stays in this browser and is printed on the PDF alone."
        onChange={(text) => {
          onChange(text);
          saveBilling(text);
        }}
      />
    </details>
  );
}
