export { SignOffPage } from './SignOffPage.tsx';
