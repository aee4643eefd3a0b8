import { CATALOGUE } from '@truetonne/protocol';
import { z } from '@hono/zod-openapi';

/** Energy in Wh, power in mW or W, mass in grams, ids: integers of any size, as decimal text. */
export const exact = z
  .string()
  .regex(/^-?\d+$/)
  .openapi({ example: '2941907' });
export const time = z.int().openapi({ description: 'Unix seconds', example: 1467331200 });
export const bytes = z.string().regex(/^0x([0-9a-f]{2})*$/);
export const id32 = z.string().regex(/^0x[0-9a-f]{64}$/);
export const address = z.string().regex(/^0x[0-9a-f]{40}$/);
export const whole = z.int().nonnegative();

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z
      .string()
      .openapi({ example: 'SIGNATURE_INVALID', description: 'Entry of docs/errors.md' }),
    detail: z.string().openapi({ description: 'What was wrong, with the value, and what to do' }),
    field: z.string().optional(),
    value: z.string().optional(),
  })
  .openapi('Problem');

const acceptedSchema = z.object({
  status: z.enum(['accepted', 'duplicate']),
  deviceId: id32,
  sequence: whole,
  headerHash: id32,
});

const refusedSchema = z.object({ status: z.literal('refused'), problem: problemSchema });

export const acceptanceSchema = z
  .object({ results: z.array(acceptedSchema) })
  .openapi('Acceptance', {
    description: 'Each window is stored for good, or was before (`duplicate`)',
  });

export const partlyRefusedSchema = problemSchema
  .extend({ results: z.array(z.union([acceptedSchema, refusedSchema])) })
  .openapi('PartlyRefused', {
    description:
      'Results in the order of the request: accepted ones are stored, refused ones say why',
  });

export const totalsSchema = z.object({
  windows: whole,
  readings: whole,
  exportedWh: exact,
  importedWh: exact,
  deductedWh: exact,
});

export const projectSchema = z
  .object({
    id: whole,
    owner: address,
    name: z.string(),
    country: z.string(),
    latitudeE6: z.int(),
    longitudeE6: z.int(),
    utcOffsetMinutes: z.int(),
    capacityW: exact,
    methodologyId: whole,
    creditingFrom: time,
    creditingUntil: time,
    validator: address.nullable(),
    submitter: address.nullable(),
    factorUgPerWh: exact.nullable(),
    batchCount: whole,
    period: z.enum(['month', 'day']),
  })
  .openapi('Project');

export const projectDetailSchema = projectSchema
  .extend({
    totals: totalsSchema.openapi({ description: 'Of all judged windows' }),
    pendingWindows: whole.openapi({ description: 'Judged windows that are in no confirmed batch' }),
    closingUntil: time
      .nullable()
      .openapi({ description: 'A request to close that is not done yet' }),
  })
  .openapi('ProjectDetail');

const positionSchema = z.object({
  sequence: whole,
  closedAt: time,
  exportWh: exact,
  importWh: exact,
});

export const deviceSchema = z
  .object({
    deviceId: id32,
    owner: address,
    publicKey: bytes,
    claimHash: id32,
    claimedAt: time,
    projectId: whole.nullable(),
    capacityW: exact.nullable(),
    status: z.enum(['claimed', 'bound', 'revoked', 'frozen']),
    revokedFrom: time.nullable(),
    successor: id32.nullable().openapi({ description: 'The key after this one (SPEC section 9)' }),
    predecessor: id32.nullable(),
    offeredTo: address.nullable(),
    credited: positionSchema.openapi({ description: 'The last credited state on the chain' }),
    judged: positionSchema.nullable().openapi({ description: 'How far windows were judged' }),
    totals: totalsSchema,
    lastReading: z
      .object({ at: time, exportWh: exact, importWh: exact, activePowerMw: exact.nullable() })
      .nullable()
      .openapi({ description: 'The newest by the clock of the device' }),
    lastReceivedAt: time.nullable(),
  })
  .openapi('Device');

const reasonSchema = z
  .object({ code: z.string(), title: z.string(), todo: z.string() })
  .openapi('Reason', { description: 'Entry of the error catalogue' });

const stateSchema = z.enum(['received', 'waiting', 'counted', 'excluded', 'batched']).openapi({
  description:
    'received: stored, not judged yet. waiting: for what `reason` says, see `waiting`. counted: will be in the next batch. excluded: does not count, ' +
    'see `reason`. batched: counts in `batch`.',
});

const batchReferenceSchema = z.object({
  batchId: exact,
  phase: z.enum(['sealed', 'signed', 'submitted', 'confirmed']),
});

const judgementShape = {
  state: stateSchema,
  reason: reasonSchema.nullable(),
  deductedWh: exact,
  flags: z
    .array(reasonSchema)
    .openapi({ description: 'What a verifier should look at; takes nothing from the credit' }),
  waiting: z
    .object({ since: time, deadline: time })
    .nullable()
    .openapi({ description: 'Judged without what it waits for at the deadline, at the latest' }),
  batch: batchReferenceSchema.nullable(),
};

export const readingSchema = z
  .object({
    id: z.string().openapi({ description: 'deviceId.sequence.index' }),
    deviceId: id32,
    sequence: whole,
    index: whole,
    at: time,
    exportWh: exact,
    importWh: exact,
    status: whole,
    fields: z.record(z.string(), exact).openapi({
      description: 'What else was measured; the unit is in the name',
      example: { activePowerMw: '4123000', voltageMv: '240120' },
    }),
    ...judgementShape,
  })
  .openapi('Reading');

export const readingStatusSchema = z
  .object({
    id: z.string(),
    deviceId: id32,
    sequence: whole,
    index: whole,
    at: time,
    receivedAt: time,
    ...judgementShape,
  })
  .openapi('ReadingStatus');

export const bucketSchema = z
  .object({
    startsAt: time,
    endsAt: time,
    readings: whole,
    exportedWh: exact,
    importedWh: exact,
    deductedWh: exact,
  })
  .openapi('EnergyBucket');

export const windowSchema = z
  .object({
    deviceId: id32,
    sequence: whole,
    openedAt: time,
    closedAt: time,
    exportWh: exact,
    importWh: exact,
    count: whole,
    flags: whole,
    readingsHash: id32,
    previousHash: id32,
    headerHash: id32,
    header: bytes,
    signature: bytes,
    readingsBytes: bytes,
    readings: z.array(readingSchema),
    receivedAt: time,
    batchId: exact.nullable(),
    leafIndex: whole.nullable(),
    proof: z
      .array(id32)
      .nullable()
      .openapi({ description: 'From the leaf (headerHash) to the root' }),
  })
  .openapi('Window');

export const findingSchema = z
  .object({
    id: whole,
    deviceId: id32,
    sequence: whole,
    index: whole.nullable().openapi({ description: 'null: the whole window' }),
    at: time,
    reason: reasonSchema,
    deductedWh: exact,
  })
  .openapi('Finding');

export const batchSchema = z
  .object({
    batchId: exact,
    projectId: whole,
    number: whole,
    phase: batchReferenceSchema.shape.phase,
    own: z
      .boolean()
      .openapi({ description: 'false: another oracle submitted it; its file is not here' }),
    crossing: z
      .boolean()
      .openapi({ description: 'true: moves devices past a border of the calendar' }),
    vintage: whole,
    periodStart: time,
    periodEnd: time,
    root: id32,
    fileDigest: id32,
    cid: z.string(),
    fileSize: whole.nullable(),
    deviceCount: whole,
    windowCount: whole.nullable(),
    readingCount: whole.nullable(),
    exportedWh: exact,
    importedWh: exact,
    deductedWh: exact,
    creditableWh: exact.nullable(),
    grams: exact.nullable(),
    minted: z.boolean(),
    transactionHash: id32.nullable(),
    blockNumber: whole.nullable(),
    sealedAt: time.nullable(),
  })
  .openapi('Batch');

export const batchDetailSchema = batchSchema
  .extend({
    certified: z.object({ tonnes: exact, carriedGrams: exact }).nullable().openapi({
      description:
        'What a programme certifies of the grams: whole tonnes, with what was carried in, and the rest',
    }),
    devices: z.array(
      z.object({
        deviceId: id32,
        openingSequence: whole,
        closingSequence: whole,
        closedAt: time,
        exportedWh: exact,
        importedWh: exact,
      }),
    ),
  })
  .openapi('BatchDetail');

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    store: z.enum(['pglite', 'postgres', 'down']),
    chain: z.enum(['up', 'down']),
    chainError: z.string().nullable(),
    block: whole.nullable(),
    syncedBlock: whole.nullable(),
    queued: z.object({ windows: whole, batches: whole }),
    refusedBatches: z.array(
      z.object({ batchId: exact, code: z.string(), detail: z.string(), at: time }),
    ),
    domain: id32,
    submitter: z
      .string()
      .openapi({ description: 'Wallet that sends batches; the validator of a project names it' }),
    devices: whole,
    leader: z.boolean().openapi({ description: 'Whether this oracle judges and submits' }),
    broker: z.enum(['none', 'embedded', 'rabbitmq', 'rabbitmq-down']),
  })
  .openapi('Health');

/** A code of the catalogue with what it means and what to do. */
export function reasonOf(code: keyof typeof CATALOGUE): z.infer<typeof reasonSchema> {
  const { title, todo } = CATALOGUE[code];
  return { code, title, todo };
}

export const idParameter = id32.openapi({
  description: 'Device id, 0x and 64 hex digits, lower case',
});
