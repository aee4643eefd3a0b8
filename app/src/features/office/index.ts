export { OfficePage } from './OfficePage.tsx';
