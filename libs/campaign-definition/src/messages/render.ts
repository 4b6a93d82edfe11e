/** Values that stand in a message at `{name}`. */
export type MessageParameters = Readonly<Record<string, string | number>>;

/** Sentences by code, for one language. */
export type MessageCatalogue = Readonly<Record<string, string>>;

/** The sentence of a code; the bare code when the catalogue lacks it, so that nothing is ever silent. */
export function render(catalogue: MessageCatalogue, code: string, parameters: MessageParameters = {}): string {
  const sentence = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  if (sentence === undefined) return code;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
  );
}
