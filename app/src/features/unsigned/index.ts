export { UnsignedPage } from './UnsignedPage.tsx';
