export { UploadsPage } from './UploadsPage.tsx';
