import { createHmac } from 'node:crypto';

/** `t=<milliseconds>,v1=<hex>`: HMAC-SHA256 over the instant, a full stop and the raw body. */
export function timedSignature(body: string, secret: string, nowMs: number): string {
  return `t=${nowMs},v1=${createHmac('sha256', secret).update(`${nowMs}.${body}`).digest('hex')}`;
}
