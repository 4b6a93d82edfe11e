/** What a caller may do; each may also do what those before it may. */
export const ROLES = ['viewer', 'manager', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as the signed token says. */
export interface Caller {
  /** A UUID. No query may leave it. */
  readonly workspace: string;
  readonly role: Role;
  /** Who it is, for the `actor` of events. */
  readonly subject: string;
}

export function mayActAs(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
