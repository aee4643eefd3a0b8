export { CheckProofPage } from './CheckProofPage.tsx';
export { PeriodPage } from './PeriodPage.tsx';
export { PeriodsPage } from './PeriodsPage.tsx';
