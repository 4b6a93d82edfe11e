import { timeZone } from '@poinciana/campaign-definition';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** An instant as a clock in a zone shows it: `20 Nov 2026, 10:00`. */
export function localTime(instant: string, zone: string): string {
  const local = new Date(timeZone(zone).localTime(Date.parse(instant))).toISOString();
  return `${dayOf(local)}, ${local.slice(11, 16)}`;
}

/** The calendar day of an instant in a zone: `20 Nov 2026`. */
export function localDay(instant: string, zone: string): string {
  return dayOf(new Date(timeZone(zone).localTime(Date.parse(instant))).toISOString());
}

function dayOf(local: string): string {
  return `${Number(local.slice(8, 10))} ${MONTHS[Number(local.slice(5, 7)) - 1] ?? ''} ${local.slice(0, 4)}`;
}
