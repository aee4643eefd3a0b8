export {
  checkClaim,
  checkReplacement,
  checkRotation,
  type Checked,
  type CheckedRotation,
} from './check.ts';
export { readClaimFile, readReplacementFile, readRotationFile } from './files.ts';
