export { RenewalsPage } from './RenewalsPage.tsx';
