import { z } from '@hono/zod-openapi';

const END_OF_TIME = 2 ** 40;
const time = z.coerce.number().int().nonnegative().max(END_OF_TIME);

/** A span of time: [from, to), Unix seconds. */
export const spanQuery = z.object({
  from: time.default(0).openapi({ description: 'Unix seconds, inclusive' }),
  to: time.default(END_OF_TIME).openapi({ description: 'Unix seconds, exclusive' }),
});

export type Span = z.infer<typeof spanQuery>;
