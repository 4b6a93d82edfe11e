/** A place in a text that a variable fills: `{{name}}`, blanks inside allowed. */
const PLACE = /\{\{\s*([A-Za-z0-9][A-Za-z0-9_]{0,63})\s*\}\}/g;

/** The values of a text's variables for one participant, by variable. */
export type VariableValues = Readonly<Record<string, string>>;

/** The variables that a text names, each once, in the order of the text. */
export function placesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1] ?? ''))];
}

/** Whether there are double braces that are no place, such as `{{first name}}` or `{{name}`: a person would read them. */
export function hasBrokenPlace(text: string): boolean {
  return /\{\{|\}\}/.test(text.replace(PLACE, ''));
}

/** The text with its places filled, in one pass, so that a value that looks like a place stays what it is. */
export function fillPlaces(
  text: string,
  values: VariableValues,
  written: (value: string) => string = (value) => value,
): string {
  return text.replace(PLACE, (_place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? '' : written(value);
  });
}

/** How far back it is looked what a place within HTML belongs to. */
const BEFORE_MAX = 64;
const IN_ADDRESS = /\b(?:href|src|action|formaction|background|poster|cite|data)\s*=\s*["']?\s*$/i;
const UNQUOTED = /=\s*$/;
const SAFE_ADDRESS = /^(?:(?:https?|mailto|tel):|[^:]*$|[/?#])/i;

/**
 * HTML with its places filled, in one pass. A value is never markup, ends no attribute, also none without quotes, and where it is the
 * beginning of an address it leads nowhere unless it is a web, mail or phone address: `javascript:` and the like become `#`.
 */
export function fillHtml(text: string, values: VariableValues): string {
  return text.replace(PLACE, (_place, name: string, offset: number) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : '';
    const before = text.slice(Math.max(0, offset - BEFORE_MAX), offset);
    const isUnsafe = IN_ADDRESS.test(before) && !SAFE_ADDRESS.test(value.replace(/[\s\p{Cc}]/gu, ''));
    const written = escapeHtml(isUnsafe ? '#' : value);
    return UNQUOTED.test(before) ? written.replace(/[\s`=]/g, (sign) => `&#${sign.charCodeAt(0)};`) : written;
  });
}

/** A value within HTML, in text and in quoted attributes, is never markup. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => HTML_ENTITIES[sign] ?? sign);
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A value within one line, such as a subject: control characters and line breaks become blanks, so nobody smuggles a header in. */
export function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
