export { CreditsPage } from './CreditsPage.tsx';
