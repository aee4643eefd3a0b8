export { PrivateFactorsPage } from './PrivateFactorsPage.tsx';
