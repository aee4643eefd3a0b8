import { z } from '@hono/zod-openapi';

/** Text that a person enters: no control characters. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'no control characters');

/** The generator of /openapi.json takes what may be left out, but not be undefined, for required. */
export function describeExact<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.object(shape).openapi({ required: requiredOf(shape) });
}

function requiredOf(shape: z.ZodRawShape): string[] {
  const isRequired = ([, field]: [string, z.core.$ZodType]) => field._zod.optin !== 'optional';
  return Object.entries(shape)
    .filter(isRequired)
    .map(([name]) => name);
}

const gwpSet = z.enum(['AR4', 'AR5', 'AR6']);
const quantity = describeExact({
  value: text(60).openapi({
    example: '1250.5',
    description: 'Decimal text; units never are guessed',
  }),
  unit: text(40).openapi({ example: 'kWh' }),
  uncertaintyPercent: text(20).exactOptional(),
  source: text(400).exactOptional().openapi({
    example: 'Bank of England, XUDLUSS',
    description: 'Of an exchange rate: who publishes it',
  }),
  date: text(30).exactOptional().openapi({
    example: '2024-06-28',
    description: 'Of an exchange rate: the day that it is of',
  }),
});

const ownFactor = describeExact({
  name: text(200),
  source: text(400).min(1),
  unit: text(40),
  gases: z
    .array(z.object({ gas: text(40), value: text(60), massUnit: text(10) }))
    .min(1)
    .max(40),
  gwpSet: gwpSet.exactOptional(),
  uncertaintyPercent: text(20).exactOptional(),
});

const cited = z
  .object({
    percent: z
      .string()
      .max(20)
      .regex(/^\d+(\.\d+)?$/),
    source: text(400).min(1),
  })
  .exactOptional()
  .openapi({
    description: 'Half of the 95 % interval of the factor, by a document that is named',
    example: { percent: '5', source: 'Laboratory report 12, section 3' },
  });

const factorRef = z.discriminatedUnion('kind', [
  describeExact({ kind: z.literal('id'), id: text(300), uncertainty: cited }),
  describeExact({
    ...{ kind: z.literal('search'), activity: text(300), region: text(60) },
    uncertainty: cited,
  }),
  z.object({ kind: z.literal('own'), factor: ownFactor }),
  z.object({ kind: z.literal('gas'), gas: text(60) }),
  z.object({ kind: z.literal('reported'), gwpSet, source: text(400).min(1) }),
]);

const item = describeExact({
  label: text(200).exactOptional(),
  part: text(60).exactOptional(),
  inputs: z.record(text(60), quantity),
  factor: factorRef,
});

const market = z.object({
  instruments: z
    .array(
      z.object({
        kind: z.enum(['certificate', 'contract', 'supplier-rate']),
        evidence: text(400).min(1),
        energy: quantity,
        region: text(60),
        vintageYear: z.int(),
        factor: factorRef,
      }),
    )
    .max(200),
  residual: z.union([factorRef, z.literal('none-published')]),
});

/** What the engine takes of an activity. */
export const activityInputShape = describeExact({
  method: text(60).openapi({ example: 'purchased-electricity' }),
  category: text(40).exactOptional(),
  date: text(30).openapi({ example: '2024-06-30', description: 'Day on which it ended' }),
  region: text(60).exactOptional(),
  site: text(120).exactOptional(),
  items: z.array(item).max(200),
  market: market.exactOptional(),
}).openapi('ActivityInput');
