export { CertificatePage } from './CertificatePage.tsx';
export { CertificatesPage } from './CertificatesPage.tsx';
export { Retirements } from './Retirements.tsx';
