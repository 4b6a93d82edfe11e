const LOCAL_PART_MAX = 64;
const EMAIL_MAX = 254;
const LABEL_MAX = 63;
const PHONE_DIGITS_MIN = 7;
const PHONE_DIGITS_MAX = 15;

const PLAIN_EMAIL =
  /^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]+(-+[A-Za-z0-9]+)*\.)+[A-Za-z0-9]+(-+[A-Za-z0-9]+)*$/;
const LOCAL_PART = /^[^\s\p{C}"<>()[\],;:\\@.]+(\.[^\s\p{C}"<>()[\],;:\\@.]+)*$/u;
const LABEL = /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** Whether a trimmed text is an email address (A85): no display names, no quoted local parts. */
export function isEmailAddress(text: string): boolean {
  if (text.length > EMAIL_MAX) return false;
  const at = text.indexOf('@');
  if (at < 1 || at > LOCAL_PART_MAX || text.indexOf('@', at + 1) !== -1) return false;
  const labels = text.slice(at + 1).split('.');
  if (labels.length < 2 || labels.some((label) => label.length > LABEL_MAX)) return false;
  return PLAIN_EMAIL.test(text) || (LOCAL_PART.test(text.slice(0, at)) && labels.every((label) => LABEL.test(label)));
}

/** What makes two addresses the same: case does not count (A26). */
export function foldedEmail(address: string): string {
  return address.normalize('NFC').toLowerCase();
}

/** The digits of a phone number, 7 to 15 of them; undefined for letters and other signs than A28 allows. */
export function parsePhone(text: string): string | undefined {
  const digits = phoneDigits(text);
  if (digits === undefined || digits.length < PHONE_DIGITS_MIN || digits.length > PHONE_DIGITS_MAX) return undefined;
  return digits;
}

/** The digits of a whole or partial phone number, however many; undefined when a sign is not allowed (A28, A30). */
export function phoneDigits(text: string): string | undefined {
  let plain = true;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) continue;
    if (!isPhonePunctuation(code) && !(code === 43 && index === 0)) return undefined;
    plain = false;
  }
  return plain ? text : text.replace(/[^0-9]/g, '');
}

/** Space, NBSP, hyphen-minus, en dash, full stop, parentheses, slash. */
function isPhonePunctuation(code: number): boolean {
  switch (code) {
    case 0x20:
    case 0xa0:
    case 0x2d:
    case 0x2013:
    case 0x2e:
    case 0x28:
    case 0x29:
    case 0x2f:
      return true;
    default:
      return false;
  }
}
