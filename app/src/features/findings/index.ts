export { BatchFindings, ProjectFindings } from './Findings.tsx';
