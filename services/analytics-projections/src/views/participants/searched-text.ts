import { phoneDigits } from '@poinciana/campaign-definition';
import { foldedText } from '../folded-text.js';

/** What somebody typed to find people, as keys are kept: folded, a phone number as its digits, no NUL. */
export function searchedText(text: string): string {
  const folded = foldedText(text.trim()).replaceAll('\0', '\uFFFD');
  return /\d/.test(folded) ? (phoneDigits(folded) ?? folded) : folded;
}
