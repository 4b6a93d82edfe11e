const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const COMMUNICATION = new RegExp(`(?:^|[<+.])(${ID})[@.+]`, 'i');

/** The communication that an envelope sender `b+<id>@…` or a Message-ID `<<id>@…>` names; null for none. */
export function communicationOf(text: string): string | null {
  return COMMUNICATION.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** A header of a mail, unfolded; undefined when it is not there. */
export function headerOf(raw: string, name: string): string | undefined {
  const end = raw.search(/\r?\n\r?\n/);
  const head = (end < 0 ? raw : raw.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

/** The bare address of `Name <address>`. */
export function addressIn(text: string): string {
  return /<([^>]+)>/.exec(text)?.[1] ?? text.trim();
}
