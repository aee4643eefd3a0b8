import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { REASON_NUMBERS } from '@truetonne/protocol';
import { readRuleBook } from '../metering/judge/ruleBook.ts';
import { FIXED_REASONS } from './reasons.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/judgement.md'), 'utf8');

it('docs/judgement.md has every reason, and the severity that the methodology gives it', () => {
  for (const { code } of FIXED_REASONS) assert.ok(PAGE.includes(`\`${code}\``), code);
  const [methodology] = readRuleBook().all;
  assert.ok(methodology);
  for (const [code, rule] of Object.entries(methodology.rules)) {
    const { severity } = rule as { readonly severity: string };
    assert.match(PAGE, new RegExp(`\\| \`${code}\` \\| \\d+ \\| ${severity} \\|`), code);
  }
});

it('every number of a finding is explained: by SPEC, or by a rule of the methodology', () => {
  const [methodology] = readRuleBook().all;
  const explained = new Set([
    ...FIXED_REASONS.map(({ code }) => code),
    ...Object.keys(methodology?.rules ?? {}),
  ]);
  for (const code of Object.keys(REASON_NUMBERS)) assert.ok(explained.has(code), code);
});
