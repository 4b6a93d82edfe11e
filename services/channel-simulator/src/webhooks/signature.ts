import { createHmac } from 'node:crypto';

/** The value of `X-Hub-Signature-256`: HMAC-SHA256 with the app secret over the raw bytes of the body. */
export function signatureOf(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body, 'utf8').digest('hex')}`;
}

/** The headers of a webhook as Meta posts it; `null` leaves the signature out. */
export function metaHeaders(signature: string | null): Readonly<Record<string, string>> {
  return { 'user-agent': 'facebookexternalua', ...(signature === null ? {} : { 'x-hub-signature-256': signature }) };
}
