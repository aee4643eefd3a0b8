export { BatchExports } from './BatchExports.tsx';
export { VersionsPage } from './VersionsPage.tsx';
