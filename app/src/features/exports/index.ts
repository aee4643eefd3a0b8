export { ExportCard } from './ExportCard.tsx';
