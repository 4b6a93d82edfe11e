import type { Secret, TokenRules } from '@poinciana/service-kit';

/** The workspace of whoever does not say otherwise. */
export const defaultWorkspace = '00000000-0000-4000-8000-000000000001';

/** Who signs the tokens of a standalone: it does itself. */
export function tokenRules(secret: Secret): TokenRules {
  return { secret, issuer: 'poinciana-standalone', audience: 'poinciana' };
}
