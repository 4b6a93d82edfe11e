import {
  EMAIL_CHARACTERS_MAX,
  filledEmail,
  fillPlaces,
  placesOf,
  type EmailTemplate,
} from '@poinciana/campaign-definition';
import { DomainError } from '@poinciana/event-sourcing';
import { textOfHtml } from './text-of-html.js';

const VALUES_MAX = 100;
const VALUE_MAX = 1_024;

/** A mail as a person would get it. */
export interface PreviewedMail {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Places that no value fills. */
  readonly missing: readonly string[];
}

/** Throws `DomainError` `invalid_preview_values`, `mail_too_long`. */
export function previewMail(
  template: Omit<EmailTemplate, 'variables'>,
  given: Readonly<Record<string, unknown>>,
): PreviewedMail {
  const values = valuesOf(given);
  const { subject, body, format } = template;
  if (fillPlaces(subject, values).length + fillPlaces(body, values).length > EMAIL_CHARACTERS_MAX) {
    const message = `With these values the mail is longer than ${EMAIL_CHARACTERS_MAX} characters`;
    throw new DomainError('mail_too_long', message);
  }
  const filled = filledEmail(template, values);
  const missing = placesOf(`${subject} ${body}`).filter((place) => !Object.hasOwn(values, place));
  if (format === 'plain') return { subject: filled.subject, text: filled.body, missing };
  return { subject: filled.subject, text: textOfHtml(filled.body), html: filled.body, missing };
}

function valuesOf(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const entries = Object.entries(given);
  const isText = ([, value]: readonly [string, unknown]) => typeof value === 'string' && value.length <= VALUE_MAX;
  if (entries.length > VALUES_MAX || !entries.every(isText)) {
    const message = `Values of a preview are at most ${VALUES_MAX} texts of at most ${VALUE_MAX} characters, by name`;
    throw new DomainError('invalid_preview_values', message);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
