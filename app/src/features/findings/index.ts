export { BatchFindings, ProjectFindings } from './Findings.tsx';
export { reasonText } from './reasons.ts';
