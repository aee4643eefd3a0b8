export { BatchesPage } from './BatchesPage.tsx';
export { BatchPage } from './BatchPage.tsx';
export { LatestBatches, ProjectBatches } from './BatchTable.tsx';
