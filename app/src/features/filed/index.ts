export { FiledCard } from './FiledCard.tsx';
