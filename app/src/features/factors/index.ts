export { FactorPage } from './FactorPage.tsx';
export { FactorsPage } from './FactorsPage.tsx';
