export { PlansPage } from './PlansPage.tsx';
