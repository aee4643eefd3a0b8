import { describeFile, OWNER } from './place.ts';
import { makeEquivocations } from './equivocations.ts';
import { makeRegistrations } from './registrations.ts';
import { makeRotations } from './rotations.ts';
import { makeReplacements, SLOT } from './replacements.ts';

/** SPEC section 9. */
export function makeStatements(): object {
  return {
    ...describeFile('The life of a device after its claim, SPEC section 9.'),
    owner: OWNER,
    slot: SLOT,
    rotations: makeRotations(),
    meterReplacements: makeReplacements(),
    equivocations: makeEquivocations(),
    registrations: makeRegistrations(),
  };
}
