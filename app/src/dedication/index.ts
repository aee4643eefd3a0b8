export {
  checkDedication,
  createSalt,
  EMPTY_DRAFT,
  problemsOf,
  type CheckedDedication,
  type DedicationDraft,
  type Secret,
} from './dedication.ts';
export { DedicationFields } from './DedicationFields.tsx';
export { effectsOf } from './effects.ts';
export { SecretNote } from './SecretNote.tsx';
export { findSecret, isSalt, keepSecret, secretIn, toFragment } from './secrets.ts';
