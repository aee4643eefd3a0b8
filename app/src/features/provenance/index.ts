export { Provenance } from './Provenance.tsx';
export { SerialPage } from './SerialPage.tsx';
