import { DAY_MS, HOUR_MS, parseDay, timeZone } from '@poinciana/campaign-definition';
import type { ParticipantState } from '@poinciana/flow-engine';

/** What the hand-written program decides: whom to write to, what, and when. */
export interface BareReminder {
  readonly name: 'REMINDED_BEFORE_2D' | 'REMINDED_DUE_DATE';
  readonly address: string;
  readonly sendAt: number;
  readonly windowEnd: number;
  readonly person: string;
  readonly dueDate: string;
}

/** `canceled`: she has paid; `nothing`: no reminder is due, or there is none in time. */
export type BareDecision = BareReminder | 'canceled' | 'nothing';

const FROM_MS = 9 * HOUR_MS;
const TO_MS = 18 * HOUR_MS;

/** The payment reminder as somebody writes it by hand: the same decisions as the flow of that name takes on Participant Created, no trace. */
export function bareReminder({ values, zone: zoneName }: ParticipantState, now: number): BareDecision {
  if (values['is_payment_received'] !== false) return 'canceled';
  const dueDate = values['due_date'];
  const due = typeof dueDate === 'string' ? parseDay(dueDate) : undefined;
  if (due === undefined) return 'nothing';
  const zone = timeZone(zoneName ?? 'UTC');
  const today = zone.localDay(now);
  if (due < today) return 'nothing';
  const isEarly = due >= today + 3;
  const start = (isEarly ? due - 2 : due) * DAY_MS;
  const windowEnd = zone.instantOf(start + TO_MS);
  const sendAt = Math.max(now, zone.instantOf(start + FROM_MS));
  if (sendAt >= windowEnd) return 'nothing';
  return reminderOf(values, { name: isEarly ? 'REMINDED_BEFORE_2D' : 'REMINDED_DUE_DATE', sendAt, windowEnd });
}

function reminderOf(
  { name: person, phone: address, due_date: dueDate }: ParticipantState['values'],
  { name, sendAt, windowEnd }: Pick<BareReminder, 'name' | 'sendAt' | 'windowEnd'>,
): BareDecision {
  if (typeof person !== 'string' || typeof address !== 'string') return 'nothing';
  return { name, address, sendAt, windowEnd, person, dueDate: String(dueDate) };
}
