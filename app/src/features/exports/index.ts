export { ExportCard } from './ExportCard.tsx';
export { ExportsPage } from './ExportsPage.tsx';
