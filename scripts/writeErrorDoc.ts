/** Writes docs/errors.md from the catalogue; a test holds them equal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErrorDoc } from './lib/errorDoc.ts';
import { ROOT } from './lib/paths.ts';

writeFileSync(join(ROOT, 'docs/errors.md'), renderErrorDoc());
