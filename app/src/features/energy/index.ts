export { CancellationPage } from './CancellationPage.tsx';
export { ClaimCard } from './ClaimCard.tsx';
export { EnergyPage } from './EnergyPage.tsx';
