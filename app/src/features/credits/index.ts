export { CreditsPage } from './CreditsPage.tsx';
export { MintAction } from './MintAction.tsx';
