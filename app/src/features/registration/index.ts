export { ClaimPage } from './ClaimPage.tsx';
export { RegisterPage } from './RegisterPage.tsx';
