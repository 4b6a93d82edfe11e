import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same, in a time that says nothing about either. */
export function isSameSecret(given: string, known: string): boolean {
  return timingSafeEqual(digest(given), digest(known));
}

/** Digests have one length, whatever the texts have. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** How long a signed request counts as fresh, in both directions of the clock. */
export const SIGNATURE_FRESH_MS = 5 * 60_000;
const TIMED = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/;

/** `t=<milliseconds>,v1=<hex>`: HMAC-SHA256 over the instant, a full stop and the raw body. */
export function timedSignature(body: string, secret: string, atMs: number): string {
  return `t=${atMs},v1=${createHmac('sha256', secret).update(`${atMs}.${body}`).digest('hex')}`;
}

/** Whether a request carries such a signature over exactly these bytes, made no longer ago than it counts as fresh. */
export function isTimedSignature(
  body: Buffer,
  header: string | string[] | undefined,
  secret: string | undefined,
  nowMs: number,
): boolean {
  const [, instant = '', given = ''] = (typeof header === 'string' && TIMED.exec(header)) || [];
  if (secret === undefined || given === '' || Math.abs(nowMs - Number(instant)) > SIGNATURE_FRESH_MS) return false;
  const expected = createHmac('sha256', secret).update(`${instant}.`).update(body).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), expected);
}
