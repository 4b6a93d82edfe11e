import leven from 'leven';

/** A header cell that may be meant for a name differs from it by at most one character of so many. */
const CHARACTERS_A_SLIP = 4;
const MARKS_AND_SIGNS = /[^\p{L}\p{N}]/gu;

/** What a column may be meant for: a field, by its name or the title that people see. */
export interface Candidate {
  readonly name: string;
  readonly title: string;
}

/** The candidate that a header cell was probably meant for: written otherwise, by its title, or with a slip; the nearest one. */
export function nearMiss<C extends Candidate>(column: string, candidates: readonly C[]): C | undefined {
  const given = bare(column);
  if (given === '') return undefined;
  let best: { readonly candidate: C; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = Math.min(...[candidate.name, candidate.title].map((text) => distanceOf(given, bare(text))));
    if (distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate;
}

function distanceOf(given: string, wanted: string): number {
  const slipsMax = Math.floor(wanted.length / CHARACTERS_A_SLIP);
  // A header cell can be as long as the file: what cannot be near is not compared.
  if (Math.abs(given.length - wanted.length) > slipsMax) return Infinity;
  const distance = leven(given, wanted);
  return distance <= slipsMax ? distance : Infinity;
}

/** Without case, accents, blanks and signs. */
function bare(text: string): string {
  return text.normalize('NFKD').replace(MARKS_AND_SIGNS, '').toLowerCase();
}
