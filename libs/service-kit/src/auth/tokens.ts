import { EVENT_NAME_LENGTH_MAX } from '@poinciana/event-sourcing';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Clock } from '../clock/clock.js';
import type { Secret } from '../settings/secret.js';
import { ROLES, type Caller, type Role } from './roles.js';

const ALGORITHM = 'HS256';
/** Characters of the secret at least, so that it has the strength of the signature. */
export const TOKEN_SECRET_LENGTH_MIN = 32;
/** A token that is longer is refused unread. */
const TOKEN_LENGTH_MAX = 4_096;
/** What an event calls its actor is `user:` and the subject. */
const SUBJECT_LENGTH_MAX = EVENT_NAME_LENGTH_MAX - 'user:'.length;
/** Characters that no event can keep in its actor: the character 0, and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const LIFETIME_SECONDS_MAX = 366 * 24 * 60 * 60;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Who signs tokens, and for whom. */
export interface TokenRules {
  readonly secret: Secret;
  readonly issuer: string;
  readonly audience: string;
}

/** Signs a token for a caller. Times come from the clock, so that a test clock rules expiry too. */
export async function issueToken(
  rules: TokenRules,
  caller: Caller,
  lifetimeSeconds: number,
  clock: Clock,
): Promise<string> {
  if (!(lifetimeSeconds > 0 && lifetimeSeconds <= LIFETIME_SECONDS_MAX))
    throw new RangeError('A token lives at most a year');
  const now = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT({ workspace: caller.workspace, role: caller.role })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(caller.subject)
    .setIssuer(rules.issuer)
    .setAudience(rules.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(keyOf(rules.secret));
}

/** The caller that a token names; `undefined` for a token that is not ours, not whole or out of time. */
export async function readToken(rules: TokenRules, token: string, clock: Clock): Promise<Caller | undefined> {
  return (await verifyToken(rules, token, clock))?.caller;
}

/** A token that is ours, and the second since 1970 at which it is out of time. */
export interface VerifiedToken {
  readonly caller: Caller;
  readonly expiresAtSeconds: number;
}

/** As `readToken`, and says how long the token is good. */
export async function verifyToken(rules: TokenRules, token: string, clock: Clock): Promise<VerifiedToken | undefined> {
  if (token.length > TOKEN_LENGTH_MAX) return undefined;
  const verified = await jwtVerify(token, keyOf(rules.secret), {
    algorithms: [ALGORITHM],
    issuer: rules.issuer,
    audience: rules.audience,
    currentDate: clock.now(),
    requiredClaims: ['sub', 'exp'],
  }).catch(ifRefused);
  const caller = verified && callerOf(verified.payload);
  return caller && { caller, expiresAtSeconds: verified?.payload.exp ?? 0 };
}

/** jose refuses by throwing; every refusal means the same to us. Anything else is a bug and stays loud. */
function ifRefused(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_J')) return undefined;
  throw error;
}

function callerOf(payload: JWTPayload): Caller | undefined {
  const { workspace, role, sub } = payload;
  if (typeof workspace !== 'string' || !UUID.test(workspace)) return undefined;
  if (!isRole(role)) return undefined;
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > SUBJECT_LENGTH_MAX || UNSTORABLE.test(sub))
    return undefined;
  return { workspace, role, subject: sub };
}

function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** Throws a `RangeError` for rules that could not keep anybody out. */
export function assertTokenRules(rules: TokenRules): void {
  keyOf(rules.secret);
}

function keyOf(secret: Secret): Uint8Array {
  const bytes = new TextEncoder().encode(secret.reveal());
  if (bytes.length < TOKEN_SECRET_LENGTH_MIN) {
    throw new RangeError(`The token secret must have at least ${TOKEN_SECRET_LENGTH_MIN} characters`);
  }
  return bytes;
}
