export { OwnFactorsPage } from './OwnFactorsPage.tsx';
