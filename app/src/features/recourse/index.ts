export { BooksCard } from './BooksCard.tsx';
export { DebtCard } from './DebtCard.tsx';
export { VoidCard } from './VoidCard.tsx';
export { VoidsPage } from './VoidsPage.tsx';
