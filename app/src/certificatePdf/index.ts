export { PdfButton, type PrintedCertificate } from './PdfButton.tsx';
