export { VerifyBatch } from './VerifyBatch.tsx';
export { VerifyPage } from './VerifyPage.tsx';
