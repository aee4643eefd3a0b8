import type { CatalogueEntry } from './entry.ts';

/** What a plan does not give. The message names the plan that would. */
export const entitlements = {
  ENTITLEMENT_API_CALLS: {
    status: 429,
    title: 'The plan gives no more API calls today',
    todo: 'Wait for the next day (UTC), or change the plan.',
  },
  REQUESTS_LIMITED: {
    status: 429,
    title: 'More requests came in a minute than the plan gives',
    todo: 'Send it again after the seconds of Retry-After, or change the plan.',
  },
  ENTITLEMENT_DEVICES: {
    status: 402,
    title: 'The plan gives no more devices',
    todo: 'Change the plan, or revoke a device that is not used any more. The device keeps its windows and sends them again.',
  },
  ENTITLEMENT_FEATURE: {
    status: 402,
    title: 'The plan does not give this',
    todo: 'Change the plan. What is already there stays and can be read.',
  },
  ENTITLEMENT_SEATS: {
    status: 402,
    title: 'The plan gives no more seats',
    todo: 'Change the plan, take a member out or an invitation back.',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
