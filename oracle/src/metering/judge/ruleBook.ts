import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPTIONAL_FIELD_NAMES, TonneError, type Hex } from '@truetonne/protocol';
import { z } from 'zod';
import type { Rules } from '../../domain/checks/check.ts';

const DATA = join(import.meta.dirname, '../../../../data');

/** Comes first: what holds where no project is named. */
const FIRST = 'gccm001-v4.json';

const severity = z.enum(['flag', 'deduct']);
const source = z.string().min(1);
const exact = z.int().transform(BigInt);
const rule = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ severity, source, ...shape }).optional();
/** About a whole window or day: nothing of a single reading can be deducted for it. */
const notice = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ severity: z.literal('flag'), source, ...shape }).optional();
const ratio = { performanceRatioPercent: exact, floorMwM2: exact };

/** The `judgement` section of a parameter file. */
const rulesShape = z.strictObject({
  READING_OUT_OF_RANGE: rule({
    fields: z.partialRecord(z.enum(OPTIONAL_FIELD_NAMES), z.tuple([exact, exact])),
  }),
  SENTINEL_VALUE: rule({ markers: z.array(exact) }),
  DEVICE_FAULT: rule({ statuses: z.array(z.int()) }),
  POWER_ABOVE_CAPACITY: rule({ percent: exact }),
  POWER_INCONSISTENT: rule({ tolerancePercent: exact, toleranceMva: exact }),
  ENERGY_ABOVE_POWER: rule({ tolerancePercent: exact, capacityPercent: exact }),
  ENERGY_ABOVE_IRRADIANCE: rule(ratio),
  ENERGY_AT_NIGHT: rule({ sunBelow: z.number(), toleranceWh: exact }),
  ENERGY_ABOVE_CLEAR_SKY: rule(ratio),
  STUCK_VALUE: rule({ readings: z.int().positive(), seconds: z.int() }),
  DAYLIGHT_GAP: notice({ sunAbove: z.number() }),
  CLOCK_SKEW: notice({ seconds: z.int() }),
  CHECK_METER_MISMATCH: notice({ classes: exact }),
});

const fileShape = z.looseObject({
  code: z.string().optional(),
  version: z.string().optional(),
  judgement: rulesShape,
});

/** The thresholds of one version of a methodology. */
export interface RuleSet {
  /** `GCCM001 4.0`, or `baseline`. */
  readonly name: string;
  readonly rules: Rules;
}

/** A parameter file: its thresholds, and all that it says. */
export interface RuleFile extends RuleSet {
  /** SHA-256 of the file: how the registry knows the version. */
  readonly hash: Hex;
  readonly document: unknown;
}

/** Thresholds by the hash under which the registry knows the methodology's parameters. */
export interface RuleBook {
  /** Those of the parameter file with this SHA-256; without such a file what holds for any meter. */
  readonly find: (parametersHash: Hex | undefined) => RuleSet;
  readonly all: readonly RuleSet[];
  /** Those of methodologies, without the baseline. */
  readonly files: readonly RuleFile[];
}

/**
 * Reads the parameter files of `data/methodologies` and the baseline.
 *
 * @throws TonneError CONFIGURATION_INVALID with the file and the field
 */
export function readRuleBook(): RuleBook {
  const baseline = { name: 'baseline', rules: readRuleSet('judgement/baseline.json').rules };
  const names = readdirSync(join(DATA, 'methodologies')).filter((name) => name !== FIRST);
  const files = [FIRST, ...names].map((name) => readRuleSet(`methodologies/${name}`));
  const byHash = new Map(files.map((file) => [file.hash, file]));
  return {
    find: (hash) => (hash === undefined ? undefined : byHash.get(hash)) ?? baseline,
    all: [...files, baseline],
    files,
  };
}

function readRuleSet(path: string): RuleFile {
  const bytes = readFileSync(join(DATA, path));
  const document: unknown = JSON.parse(bytes.toString('utf8'));
  const parsed = fileShape.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = `data/${path}: ${issue?.path.join('.') ?? ''}`;
    throw new TonneError('CONFIGURATION_INVALID', { field, expected: issue?.message ?? 'rules' });
  }
  const { code = '', version = '', judgement } = parsed.data;
  // Proof: a key that is missing and one that is undefined mean the same to the checks.
  const rules = judgement as Rules;
  return {
    hash: `0x${createHash('sha256').update(bytes).digest('hex')}`,
    name: `${code} ${version}`,
    rules,
    document,
  };
}
