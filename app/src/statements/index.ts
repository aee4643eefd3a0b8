export { checkClaim, checkReplacement, checkRotation, type Checked } from './check.ts';
export { readClaimFile, readReplacementFile, readRotationFile } from './files.ts';
export { Reviewed } from './Reviewed.tsx';
export { StatementInput } from './StatementInput.tsx';
export { useStatement } from './useStatement.ts';
