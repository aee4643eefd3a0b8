export { OwnLivePage } from './OwnLivePage.tsx';
