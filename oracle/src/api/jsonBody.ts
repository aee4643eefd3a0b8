import type { IncomingMessage } from 'node:http';
import { TonneError } from '@truetonne/protocol';
import type { z } from 'zod';
import { readText } from './body.ts';

/**
 * A JSON body of a form.
 *
 * @throws TonneError BODY_MALFORMED with the field, BODY_TOO_LARGE
 */
export async function readJsonBody<Schema extends z.ZodType>(
  incoming: IncomingMessage,
  schema: Schema,
): Promise<z.infer<Schema>> {
  return parseJsonText(await readText(incoming), schema);
}

/** JSON of a form; no text at all is `undefined`. Throws BODY_MALFORMED with the field. */
export function parseJsonText<Schema extends z.ZodType>(
  text: string | undefined,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(text === undefined ? undefined : parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  throw new TonneError('BODY_MALFORMED', { field, expected: issue?.message ?? 'JSON' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
