import { assertCsvName } from '@poinciana/participant-file';
import { checkText } from '@poinciana/service-kit';

const FILE_NAME_CHARACTERS_MAX = 255;
/** The second half of a surrogate pair whose first was cut off. */
const CUT_PAIR = /^[\uDC00-\uDFFF]/;

/**
 * A file's name as it is kept: of a long one the end. Throws a `RequestRefusal` for what cannot be stored, a `DomainError` for
 * what does not call itself CSV.
 */
export function keptFileName(name: string): string {
  checkText(name);
  assertCsvName(name);
  return name.slice(-FILE_NAME_CHARACTERS_MAX).replace(CUT_PAIR, '');
}
