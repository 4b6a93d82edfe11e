/** A shift of a base: whole calendar days first, then elapsed hours (A67). Hours may be a fraction, and make an instant of a day (A5). */
export interface Offset {
  readonly days?: number;
  readonly hours?: number;
}

export const OFFSET_DAYS_MAX = 3_660;
export const OFFSET_HOURS_MAX = 87_840;

/** ` + 3 days`, ` − 2 hours`; nothing for no shift. */
export function describeOffset(offset: Offset | undefined): string {
  return describeAmount(offset?.days, 'day') + describeAmount(offset?.hours, 'hour');
}

function describeAmount(amount: number | undefined, unit: string): string {
  if (amount === undefined || amount === 0) return '';
  const size = Math.abs(amount);
  return ` ${amount < 0 ? '−' : '+'} ${size} ${unit}${size === 1 ? '' : 's'}`;
}
