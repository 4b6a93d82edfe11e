import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../settings/secret.js';

/** The form of a sealed secret: `s1.` and, in base64url, 12 bytes nonce, 16 bytes tag, the encrypted text (AES-256-GCM). */
const FORM = 's1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Encrypts a secret of a customer's (a provider's token, say) so that it may stand in an event. Every call gives another text. */
export function sealSecret(key: Secret, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return FORM + Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url');
}

/** Decrypts what `sealSecret` made with the same key; throws for anything else, without saying what it held. */
export function openSecret(key: Secret, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url');
  if (!sealed.startsWith(FORM) || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('This is no sealed secret');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new Error('A sealed secret cannot be opened: it was sealed with another key, or changed', { cause });
  }
}

function keyOf(key: Secret): Buffer {
  return Buffer.from(hkdfSync('sha256', key.reveal(), 'poinciana', 'sealed secrets', KEY_BYTES));
}
