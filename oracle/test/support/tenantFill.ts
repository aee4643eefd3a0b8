import assert from 'node:assert/strict';
import { z } from 'zod';
import { createWallet, type Person } from './people.ts';

/** Ids of rows of one organisation, by the first part of the path that takes them. */
export interface TenantIds {
  readonly organisation: string;
  readonly byRoom: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Bodies that routes take, so that a refusal is not for the body's form. */
  readonly bodies: Readonly<Record<string, unknown>>;
}

export const ACTIVITY = {
  ...{ method: 'stationary-combustion', date: '2024-06-30', evidence: 'bill of 3 July' },
  items: [
    {
      inputs: { fuel: { value: '7', unit: 'L' } },
      factor: {
        kind: 'own',
        factor: {
          ...{ name: 'Diesel', source: 'certificate', unit: 'L' },
          gases: [{ gas: 'CO2', value: '2.5', massUnit: 'kg' }],
        },
      },
    },
  ],
};

export const FACTOR = {
  ...{ name: 'Heat', source: 'label', region: 'DEU', activity: 'heat', unit: 'kWh' },
  ...{ basis: 'combustion', scope: '2-location', validFrom: 2024, validTo: 2024 },
  gases: [{ gas: 'CO2', value: '0.2', massUnit: 'kg' }],
};

const withId = z.looseObject({ id: z.string() });

/** Gives an organisation a row of everything that a route can name. */
export async function fillTenant(owner: Person, organisation: string): Promise<TenantIds> {
  const query = `?organisation=${organisation}`;
  const make = async (path: string, body: unknown): Promise<string> => {
    const answer = await owner.ask(`${path}${query}`, { method: 'POST', body });
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return withId.parse(answer.body).id;
  };
  const invited = createWallet().address.toLowerCase();
  const invitation = await make('/v1/invitations', { address: invited, role: 'viewer' });
  const workspace = await make('/v1/workspaces', { name: `W ${organisation}` });
  const key = await make('/v1/keys', {
    ...{ name: 'k', scopes: ['activities:read'] },
    expiresAt: Math.floor(Date.now() / 1000) + 3600,
  });
  const workspaces = z.object({ workspaces: z.array(withId) });
  const [main] = (await owner.get(`/v1/workspaces${query}`, workspaces)).workspaces;
  const activityBody = { ...ACTIVITY, workspaceId: main?.id };
  const activity = await make('/v1/activities', activityBody);
  const factor = await make('/v1/private-factors', FACTOR);
  const supplier = await make('/v1/suppliers', { name: `S ${organisation}`, country: 'DE' });
  const goalBody = {
    ...{ name: 'Halve', kind: 'absolute', path: 'linear', scopes: ['1'] },
    ...{ baseYear: 2020, targetYear: 2030, reductionPercent: '50' },
    thresholdPercent: '5',
  };
  const goal = await make('/v1/goals', goalBody);
  const options = { mapping: { d: 'date', m: 'method' }, decimal: 'point', dates: 'iso' };
  const search = new URLSearchParams({
    ...{ name: 'x.csv', workspaceId: main?.id ?? '', dryRun: 'true' },
    options: JSON.stringify(options),
  });
  const begun = await owner.ask(`/v1/imports${query}&${search.toString()}`, {
    ...{ method: 'POST', body: 'd,m' },
  });
  const { id: imported } = withId.parse(begun.body);
  const days = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
  const period = await make('/v1/periods', days);
  return {
    organisation,
    byRoom: {
      invitations: { id: invitation },
      workspaces: { id: workspace },
      keys: { id: key },
      activities: { id: activity },
      suppliers: { id: supplier },
      'private-factors': { id: factor },
      goals: { id: goal },
      periods: { id: period },
      imports: { id: imported },
      // Figures are made by suppliers alone: an id that nobody has.
      figures: { id: '1' },
      portal: { id: '1' },
      members: { address: owner.address },
    },
    bodies: {
      'PATCH /v1/members/{address}': { role: 'viewer' },
      'PUT /v1/activities/{id}': activityBody,
      'PUT /v1/goals/{id}': goalBody,
      'POST /v1/goals/{id}/bases': { totalKgCo2e: '1', kind: 'first', reason: 'an audit' },
      'PUT /v1/private-factors/{id}': FACTOR,
      'POST /v1/periods/{id}/reopen': { reason: 'an error' },
      'PATCH /v1/suppliers/{id}': { country: 'FR' },
      'POST /v1/suppliers/{id}/invite': { address: invited },
    },
  };
}
