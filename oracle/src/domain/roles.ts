/** What a member is to an organisation. */
export const ROLES = ['owner', 'admin', 'editor', 'viewer', 'verifier', 'supplier'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that keep the books: the devices of their wallets are the organisation's own. */
export const KEEPERS: readonly Role[] = ['owner', 'admin', 'editor'];

/**
 * What may be done in an organisation. API keys are given some of these as scopes; those in `BY_HAND`
 * need a person.
 */
export const PERMISSIONS = [
  'organisation:read',
  'organisation:write',
  'organisation:delete',
  'members:read',
  'members:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'activities:read',
  'activities:write',
  'inventory:read',
  'suppliers:read',
  'suppliers:write',
  'goals:read',
  'goals:write',
  'bases:write',
  'periods:read',
  'periods:write',
  'factors:write',
  'portal:use',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Never given to an API key: a stolen one must not be able to make itself at home. */
const BY_HAND: readonly Permission[] = [
  'organisation:write',
  'organisation:delete',
  'members:write',
  'keys:write',
  'bases:write',
  'periods:write',
  'portal:use',
];

export const SCOPES = PERMISSIONS.filter((permission) => !BY_HAND.includes(permission));

const READ: readonly Permission[] = [
  'organisation:read',
  'activities:read',
  'inventory:read',
  'suppliers:read',
  'goals:read',
  'periods:read',
];

const EDIT: readonly Permission[] = [
  ...READ,
  'members:read',
  'activities:write',
  'suppliers:write',
  'goals:write',
  'factors:write',
];

const ADMINISTER: readonly Permission[] = [
  ...EDIT,
  'organisation:write',
  'members:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'bases:write',
  'periods:write',
];

/** A supplier sees nothing of the organisation but its own portal. */
const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...ADMINISTER, 'organisation:delete'],
  admin: ADMINISTER,
  editor: EDIT,
  viewer: [...READ, 'members:read'],
  verifier: [...READ, 'members:read', 'audit:read'],
  supplier: ['portal:use'],
};

export function mayDo(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}

/** Owners are made and unmade by owners alone; admins manage everyone else. */
export function mayGive(giver: Role, role: Role): boolean {
  return role === 'owner' ? giver === 'owner' : mayDo(giver, 'members:write');
}
