export {
  checkDedication,
  createSalt,
  EMPTY_DRAFT,
  type CheckedDedication,
  type Secret,
} from './dedication.ts';
export { DedicationFields } from './DedicationFields.tsx';
export { SecretNote } from './SecretNote.tsx';
export { findSecret, isSalt, keepSecret, secretIn, toFragment } from './secrets.ts';
