import type { Role } from '../../api/index.ts';

const NAMES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  editor: 'Editor',
  viewer: 'Viewer',
  verifier: 'Verifier',
  supplier: 'Supplier',
};

export function roleName(role: Role): string {
  return NAMES[role];
}

/** Whether the page offers what only admins do; the oracle decides. */
export function isAdmin(role: Role): boolean {
  return role === 'owner' || role === 'admin';
}

/** Whether the page offers what changes the inventory; the oracle decides. */
export function isEditor(role: Role): boolean {
  return isAdmin(role) || role === 'editor';
}

/** Roles that an admin gives. A supplier is invited from its entry in the directory. */
export const GIVEN_ROLES = ['owner', 'admin', 'editor', 'viewer', 'verifier'] as const;
