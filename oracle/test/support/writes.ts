import assert from 'node:assert/strict';
import { z } from 'zod';
import { goalSchema } from '../../src/api/schemas/goal.ts';
import { addMember, createOrganisation, createWallet, type Person } from './people.ts';
import { eventually } from './service.ts';
import { ACTIVITY, FACTOR, fillTenant } from './tenantFill.ts';

/** A request that a route does: with everything in place that it needs. */
export interface PreparedWrite {
  readonly person: Person;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Its answer is shown once. */
  readonly secret?: boolean;
}

const withId = z.looseObject({ id: z.string() });
/** Days in a closed period: the import ends and stores nothing. */
const FILE = 'd,m\n2024-06-30,1';
const FIRST = { 'if-match': '"v1"' };

/**
 * One request for each route that writes for an organisation, in an order in which all of them can be
 * done: each has rows of its own where the route ends or changes one.
 */
export async function prepareWrites([owner, supplier, guest]: readonly [
  Person,
  Person,
  Person,
]): Promise<ReadonlyMap<string, PreparedWrite>> {
  const organisation = await createOrganisation(owner);
  const query = `?organisation=${organisation}`;
  const { byRoom, bodies } = await fillTenant(owner, organisation);
  const make = async (path: string, body: unknown, person = owner): Promise<string> => {
    const answer = await person.ask(`${path}${query}`, { method: 'POST', body });
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return withId.parse(answer.body).id;
  };
  const idOf = (room: string): string => byRoom[room]?.['id'] ?? '';
  const { workspaceId } = z
    .looseObject({ workspaceId: z.string() })
    .parse(bodies['PUT /v1/activities/{id}']);
  const activity = { ...ACTIVITY, date: '2023-03-01', workspaceId };
  const search = importSearch(workspaceId);
  const beginImport = async (): Promise<string> =>
    withId.parse(
      (await owner.ask(`/v1/imports${query}&${search}`, { method: 'POST', body: FILE })).body,
    ).id;

  await addMember(owner, organisation, guest, 'viewer');
  const directory = idOf('suppliers');
  const invited = withId.parse(
    (
      await owner.ask(`/v1/suppliers/${directory}/invite${query}`, {
        ...{ method: 'POST', body: { address: supplier.address } },
      })
    ).body,
  );
  await supplier.ask(`/v1/invitations/${invited.id}/accept`, { method: 'POST' });
  const figure = {
    ...{ firstDay: '2023-01-01', lastDay: '2023-12-31', category: '1', kgCo2e: '5' },
    ...{ gwpSet: 'AR6', source: 'meter' },
  };
  const figures = [
    await make('/v1/portal/figures', figure, supplier),
    await make('/v1/portal/figures', figure, supplier),
    await make('/v1/portal/figures', figure, supplier),
  ];
  const other = await createOrganisation(owner, 'Joined');
  const welcome = withId.parse(
    (
      await owner.ask(`/v1/invitations?organisation=${other}`, {
        ...{ method: 'POST', body: { address: supplier.address, role: 'viewer' } },
      })
    ).body,
  );
  // Set while its base year has no emissions, so that it has no base.
  const goal = bodies['PUT /v1/goals/{id}'];
  const baseless = await make('/v1/goals', { ...z.looseObject({}).parse(goal), baseYear: 2021 });
  for (const date of ['2021-05-01', '2022-05-01'])
    await make('/v1/activities', { ...activity, date });
  const { base } = await owner.get(`/v1/goals/${baseless}${query}`, goalSchema);
  const reopened = await make('/v1/periods', { firstDay: '2022-01-01', lastDay: '2022-12-31' });
  await owner.ask(`/v1/periods/${reopened}/reopen${query}`, {
    ...{ method: 'POST', body: { reason: 'an error' }, headers: FIRST },
  });
  const [spare, doomed] = [
    await make('/v1/activities', activity),
    await make('/v1/activities', { ...activity, date: '2023-03-02' }),
  ];
  const kept = await beginImport();
  await eventually(
    () => owner.ask(`/v1/imports/${kept}${query}`),
    ({ body }) => z.looseObject({ endedAt: z.number().nullable() }).parse(body).endedAt !== null,
  );
  const stopped = await beginImport();
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;

  const own = (path: string, more: Partial<PreparedWrite> = {}): PreparedWrite => ({
    ...{ person: owner, path: `${path}${query}` },
    ...more,
  });
  const made = { kind: 'individual', name: 'Books', country: 'FR', gwpSet: 'AR5' };
  return new Map<string, PreparedWrite>([
    ['POST /v1/organisations', { person: owner, path: '/v1/organisations', body: made }],
    [
      'POST /v1/invitations/{id}/accept',
      { person: supplier, path: `/v1/invitations/${welcome.id}/accept` },
    ],
    ['POST /v1/workspaces', own('/v1/workspaces', { body: { name: 'North' } })],
    ['POST /v1/workspaces/{id}/close', own(`/v1/workspaces/${idOf('workspaces')}/close`)],
    [
      'POST /v1/invitations',
      own('/v1/invitations', { body: { address: createWallet().address, role: 'editor' } }),
    ],
    ['DELETE /v1/invitations/{id}', own(`/v1/invitations/${idOf('invitations')}`)],
    [
      'POST /v1/keys',
      own('/v1/keys', {
        ...{ body: { name: 'm', scopes: ['activities:read'], expiresAt }, secret: true },
      }),
    ],
    ['DELETE /v1/keys/{id}', own(`/v1/keys/${idOf('keys')}`)],
    [
      'PATCH /v1/members/{address}',
      own(`/v1/members/${guest.address}`, { body: { role: 'editor' }, headers: FIRST }),
    ],
    ['POST /v1/activities', own('/v1/activities', { body: { ...activity, date: '2023-04-01' } })],
    [
      'PUT /v1/activities/{id}',
      own(`/v1/activities/${spare}`, { body: { ...activity, date: '2023-05-01' }, headers: FIRST }),
    ],
    ['DELETE /v1/activities/{id}', own(`/v1/activities/${doomed}`, { headers: FIRST })],
    ['POST /v1/activities/recalculate', own('/v1/activities/recalculate')],
    ['POST /v1/private-factors', own('/v1/private-factors', { body: { ...FACTOR, name: 'Cold' } })],
    [
      'PUT /v1/private-factors/{id}',
      own(`/v1/private-factors/${idOf('private-factors')}`, { body: FACTOR, headers: FIRST }),
    ],
    ['POST /v1/imports', { person: owner, path: `/v1/imports${query}&${search}`, body: FILE }],
    ['POST /v1/imports/{id}/undo', own(`/v1/imports/${kept}/undo`)],
    ['DELETE /v1/imports/{id}', own(`/v1/imports/${stopped}`)],
    ['POST /v1/suppliers', own('/v1/suppliers', { body: { name: 'New', country: 'DE' } })],
    [
      'PATCH /v1/suppliers/{id}',
      own(`/v1/suppliers/${directory}`, { body: { country: 'FR' }, headers: FIRST }),
    ],
    [
      'POST /v1/suppliers/{id}/invite',
      own(`/v1/suppliers/${directory}/invite`, { body: { address: createWallet().address } }),
    ],
    [
      'POST /v1/portal/figures',
      { ...own('/v1/portal/figures', { body: figure }), person: supplier },
    ],
    [
      'POST /v1/portal/figures/{id}/withdraw',
      { ...own(`/v1/portal/figures/${figures[0]}/withdraw`), person: supplier },
    ],
    [
      'POST /v1/figures/{id}/accept',
      own(`/v1/figures/${figures[1]}/accept`, { body: { workspaceId } }),
    ],
    [
      'POST /v1/figures/{id}/refuse',
      own(`/v1/figures/${figures[2]}/refuse`, { body: { reason: 'too round' } }),
    ],
    ['POST /v1/goals', own('/v1/goals', { body: goal })],
    ['PUT /v1/goals/{id}', own(`/v1/goals/${idOf('goals')}`, { body: goal, headers: FIRST })],
    [
      'POST /v1/goals/{id}/bases',
      own(`/v1/goals/${baseless}/bases`, {
        body: { totalKgCo2e: base.nowKgCo2e, kind: 'first', reason: 'audited' },
        headers: FIRST,
      }),
    ],
    [
      'POST /v1/periods',
      own('/v1/periods', { body: { firstDay: '2021-01-01', lastDay: '2021-12-31' } }),
    ],
    [
      'POST /v1/periods/{id}/reopen',
      own(`/v1/periods/${idOf('periods')}/reopen`, { body: { reason: 'e' }, headers: FIRST }),
    ],
    [
      'POST /v1/periods/{id}/restate',
      own(`/v1/periods/${reopened}/restate`, { headers: { 'if-match': '"v2"' } }),
    ],
    ['DELETE /v1/members/{address}', own(`/v1/members/${supplier.address}`, { headers: FIRST })],
    [
      'PATCH /v1/organisation',
      own('/v1/organisation', { body: { name: 'Renamed' }, headers: FIRST }),
    ],
    [
      'DELETE /v1/private-factors/{id}',
      own(`/v1/private-factors/${idOf('private-factors')}`, { headers: { 'if-match': '"v2"' } }),
    ],
    [
      'DELETE /v1/goals/{id}',
      own(`/v1/goals/${idOf('goals')}`, { headers: { 'if-match': '"v2"' } }),
    ],
    ['DELETE /v1/organisation', own('/v1/organisation', { headers: { 'if-match': '"v2"' } })],
  ]);
}

function importSearch(workspaceId: string): string {
  const options = {
    ...{ mapping: { d: 'date', m: 'quantity' }, decimal: 'point', dates: 'iso' },
    defaults: {
      ...{ method: 'stationary-combustion', unit: 'MMBtu_gross' },
      factor: 'epa-hub@2024/stationary/natural-gas/mmbtu',
    },
  };
  return new URLSearchParams({
    ...{ name: 'x.csv', workspaceId, dryRun: 'false', options: JSON.stringify(options) },
  }).toString();
}
