/**
 * What a simulated person is like.
 *
 * - `reads`: delivered, then read, no word.
 * - `replies`: delivered, read, then an answer.
 * - `ignores`: delivered, never read.
 * - `invalidRefused`: no such person; the provider says so in its answer (131026), nothing is accepted.
 * - `invalidReported`: no such person; accepted, then failed by webhook (131026).
 * - `providerErrorOnce`: the first message is refused with a passing error (131016, not accepted), the rest is as `reads`.
 * - `slow`: as `replies`, about twenty times slower.
 * - `neverDelivered`: accepted and sent, the telephone stays off.
 */
export const PERSON_KINDS = [
  'reads',
  'replies',
  'ignores',
  'invalidRefused',
  'invalidReported',
  'providerErrorOnce',
  'slow',
  'neverDelivered',
] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** How much of the population is of each kind; a kind that is absent has none. The sum is 1. */
export type PeopleShares = Readonly<Partial<Record<PersonKind, number>>>;

export const DEFAULT_SHARES: PeopleShares = {
  reads: 0.35,
  replies: 0.3,
  ignores: 0.12,
  invalidRefused: 0.03,
  invalidReported: 0.03,
  providerErrorOnce: 0.05,
  slow: 0.05,
  neverDelivered: 0.07,
};

export const DEFAULT_PHRASES: readonly string[] = [
  'Yes, I will pay today',
  'Already paid, thank you',
  'Can I pay next week?',
  'Who is this?',
  'Sim, pago amanhã',
  'سأدفع غدا',
  'はい、支払います',
  'STOP',
];

/** One simulated person. Times are milliseconds of their own life after the message was accepted; the time scale divides them. */
export interface Person {
  /** How the person is known: digits only, or an email address in small letters. */
  readonly address: string;
  readonly kind: PersonKind;
  /** What they answer, for the kinds that answer. */
  readonly reply: string | null;
  readonly sentAfterMs: number;
  readonly deliveredAfterMs: number;
  readonly readAfterMs: number;
  readonly replyAfterMs: number;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const GOLDEN_RATIO = 0x9e3779b9;
const TWO_TO_THE_32 = 4_294_967_296;
const SLOWNESS = 20;

/**
 * The person behind an address. The same seed, address, shares and phrases always give the same person, in every process, so that a
 * demo or a test can foretell its table. Of a number everything but digits is ignored: `+49 170…` and `49170…` are one person.
 */
export function personOf(
  seed: number,
  address: string,
  shares: PeopleShares = DEFAULT_SHARES,
  phrases: readonly string[] = DEFAULT_PHRASES,
): Person {
  const known = knownAs(address);
  const root = fnv1a(`${seed}|${known}`);
  const kind = kindAt(fraction(root, 1), shares);
  const pace = kind === 'slow' ? SLOWNESS : 1;
  const answers = kind === 'replies' || kind === 'slow';
  const sentAfterMs = 200 + fraction(root, 2) * 600;
  const deliveredAfterMs = sentAfterMs + 800 + fraction(root, 3) * 2_200;
  const readAfterMs = deliveredAfterMs + pace * (5_000 + fraction(root, 4) * 25_000);
  return {
    address: known,
    kind,
    reply: answers ? (phrases[Math.floor(fraction(root, 5) * phrases.length)] ?? null) : null,
    sentAfterMs,
    deliveredAfterMs,
    readAfterMs,
    replyAfterMs: readAfterMs + pace * (5_000 + fraction(root, 6) * 25_000),
  };
}

/** Refuses shares that are negative, of an unknown kind, or do not add up to 1. Throws RangeError with the reason. */
export function checkShares(shares: PeopleShares): void {
  if (typeof shares !== 'object' || shares === null)
    throw new RangeError('the shares of the people are an object, kind by kind');
  let sum = 0;
  for (const [kind, share] of Object.entries(shares)) {
    if (!(PERSON_KINDS as readonly string[]).includes(kind)) {
      throw new RangeError(`"${kind}" is no kind of person; there are ${PERSON_KINDS.join(', ')}`);
    }
    if (typeof share !== 'number' || !(share >= 0))
      throw new RangeError(`the share of "${kind}" must be a number from 0 to 1`);
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-6) throw new RangeError(`the shares of the people add up to ${sum}, not to 1`);
}

function knownAs(address: string): string {
  return address.includes('@') ? address.toLowerCase() : address.replace(/\D/g, '');
}

function kindAt(point: number, shares: PeopleShares): PersonKind {
  let reached = 0;
  let last: PersonKind = 'reads';
  for (const kind of PERSON_KINDS) {
    const share = shares[kind] ?? 0;
    if (share === 0) continue;
    reached += share;
    last = kind;
    if (point < reached) return kind;
  }
  return last; // rounding left the sum a hair below 1
}

function fnv1a(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return hash >>> 0;
}

/** A number from 0 up to 1 out of the root, another one for each purpose (MurmurHash3's finaliser spreads the bits). */
function fraction(root: number, purpose: number): number {
  let bits = (root + Math.imul(purpose, GOLDEN_RATIO)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / TWO_TO_THE_32;
}
