/**
 * The code of an error of the network or of undici, such as `ECONNREFUSED`; undefined for any other error. Asked by shape and not by
 * class: an error that Node's own core made is of another realm under a test runner. When several addresses failed, the first counts.
 */
export function networkCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errors' in error && Array.isArray(error.errors) ? networkCodeOf(error.errors[0]) : undefined;
}
