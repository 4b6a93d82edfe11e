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
