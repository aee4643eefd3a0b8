import { CATALOGUE } from '@truetonne/protocol';

/** docs/errors.md: the catalogue as a page. */
export function renderErrorDoc(): string {
  const rows = Object.entries(CATALOGUE)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([code, { status, title, todo }]) => `| \`${code}\` | ${status} | ${title} | ${todo} |`);
  return `# Errors

The one catalogue of failures, made from \`protocol/src/errors\` (\`node scripts/writeErrorDoc.ts\`). A code is the same everywhere: the custom error \`SignatureInvalid\` of a contract is \`SIGNATURE_INVALID\`, and the API answers it as \`code\` of RFC 9457 problem details with the HTTP status given here.

| code | HTTP | what was wrong | what to do |
|---|---|---|---|
${rows.join('\n')}
`;
}
