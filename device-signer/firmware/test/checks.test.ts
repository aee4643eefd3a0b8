import { join } from 'node:path';
import { test } from 'node:test';
import { build, run } from './build.ts';

// With sanitizers: the checks fill each buffer to its end.
const folder = await build(['checks'], { SANITIZE: '1' });
const program = join(folder, 'checks');
const sentences = (await run(program, ['list'])).trim().split('\n');

for (const [number, sentence] of sentences.entries()) {
  test(sentence, async (context) => {
    const figures = await run(program, [String(number)]);
    if (figures !== '') context.diagnostic(figures.trim());
  });
}
