/** Name and address for invoices: they stay in this browser, beside no chain and no server. */
const KEY = 'truetonne.billing';

export function readBilling(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    // A browser that keeps nothing asks again with the next visit.
    return '';
  }
}

export function saveBilling(text: string): void {
  try {
    if (text.trim() === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
  } catch {
    // As above: it holds until the page is left.
  }
}
