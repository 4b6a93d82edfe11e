import type { JsonObject, JsonValue, workspace } from '@poinciana/contracts';

/** `{{1}}`, `{{first_name}}`: a place in the body of a template. */
const PLACE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** A value of a template's place, in the order of the body. */
export interface TemplateValue {
  /** The name of a named place; absent for a numbered one. */
  readonly name?: string;
  readonly text: string;
}

/** The body as the person reads it. A place without a value stays empty. */
export function renderedTemplate(template: workspace.MessageTemplate, variables: JsonObject): string {
  const byPlace = valuesByPlace(template, variables);
  return template.body.replace(PLACE, (_, place: string) => byPlace.get(place) ?? '');
}

/**
 * The values of a template's places, each place once, in the order of the body. Numbered places take the template's
 * variables in their order, named ones the variable of their name.
 */
export function templateValues(template: workspace.MessageTemplate, variables: JsonObject): readonly TemplateValue[] {
  return [...valuesByPlace(template, variables)].map(([place, text]) =>
    isNumber(place) ? { text } : { name: place, text },
  );
}

function valuesByPlace(template: workspace.MessageTemplate, variables: JsonObject): ReadonlyMap<string, string> {
  return new Map(
    placesOf(template).map((place) => {
      const variable = isNumber(place) ? (template.variables[Number(place) - 1] ?? place) : place;
      return [place, textOf(variables[variable])];
    }),
  );
}

/** Of templates that were seen: a body is looked through once, not for each message. */
const knownPlaces = new WeakMap<workspace.MessageTemplate, readonly string[]>();

function placesOf(template: workspace.MessageTemplate): readonly string[] {
  const known = knownPlaces.get(template);
  if (known !== undefined) return known;
  const places = [...new Set([...template.body.matchAll(PLACE)].flatMap((match) => match[1] ?? []))];
  knownPlaces.set(template, places);
  return places;
}

function isNumber(place: string): boolean {
  return /^\d+$/.test(place);
}

/** One line: providers refuse line breaks, tabs and long runs of blanks in a value, and nobody may smuggle them in. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') return '';
  return String(value).replace(/\s+/g, ' ').trim();
}
