const INTEGER = /^[+-]?[0-9]+$/;
const NUMERIC = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;

/** A safe integer from `[+-]?digits` (A39). */
export function parseInteger(text: string): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? withoutMinusZero(value) : undefined;
}

/** A finite double from decimal digits with optional point, fraction and exponent (A39). */
export function parseNumeric(text: string): number | undefined {
  if (!NUMERIC.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? withoutMinusZero(value) : undefined;
}

export function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}

/** true, false, 1, 0, yes and no in any case ([F]2). */
export function parseBoolean(text: string): boolean | undefined {
  if (text.length > 5) return undefined;
  switch (text.toLowerCase()) {
    case 'true':
    case '1':
    case 'yes':
      return true;
    case 'false':
    case '0':
    case 'no':
      return false;
    default:
      return undefined;
  }
}
