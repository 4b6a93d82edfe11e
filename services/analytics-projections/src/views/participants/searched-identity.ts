import { phoneDigits } from '@poinciana/campaign-definition';
import { foldedText } from '../folded-text.js';

/** How an identity of somebody begins who is looked for, or a part of it, in the forms in which keys are kept. */
export interface SearchedIdentity {
  /** Of a name, an email or an external ID: folded, no NUL. */
  readonly text: string;
  /** Of a phone number: its digits, where it may be one. */
  readonly phone: string;
}

/** What somebody typed to find people. An external ID may look like a phone number, so it is read as both. */
export function searchedIdentity(typed: string): SearchedIdentity {
  const text = foldedText(typed.trim()).replaceAll('\0', '\uFFFD');
  return { text, phone: /\d/.test(text) ? (phoneDigits(text) ?? text) : text };
}
