import { digitsAt } from './civil-date.js';

/** The minutes since midnight of `HH:mm`, 00:00 to 24:00; undefined for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  if (text.length !== 5 || text.charCodeAt(2) !== 58) return undefined;
  const hours = digitsAt(text, 0, 2);
  const minutes = digitsAt(text, 3, 2);
  if (hours < 0 || minutes < 0 || minutes > 59) return undefined;
  const total = hours * 60 + minutes;
  return total <= 1_440 ? total : undefined;
}

export function formatTimeOfDay(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `${hours < 10 ? '0' : ''}${hours}:${rest < 10 ? '0' : ''}${rest}`;
}
