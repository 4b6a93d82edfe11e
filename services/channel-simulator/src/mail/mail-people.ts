import type { Happening } from '../channels/simulated-channel.js';
import type { TakenMessage } from '../channels/message-ledger.js';
import type { Person } from '../people/person.js';

/** Mail that comes back to the sender. */
export type MailEvent =
  | { readonly what: 'reply'; readonly original: TakenMessage; readonly text: string; readonly isAutomatic: boolean }
  | {
      readonly what: 'report';
      readonly original: TakenMessage;
      readonly action: 'failed' | 'delayed' | 'delivered';
      readonly status: string;
    };

/** What comes back for a mail: answers of people, reports of their mailboxes. */
export function mailHappenings(original: TakenMessage, person: Person): readonly Happening<MailEvent>[] {
  switch (person.kind) {
    case 'replies':
    case 'slow': {
      const text = person.reply ?? '';
      return [{ afterMs: person.replyAfterMs, event: { what: 'reply', original, text, isAutomatic: false } }];
    }
    case 'invalidReported':
      return [
        { afterMs: person.deliveredAfterMs, event: { what: 'report', original, action: 'failed', status: '5.1.1' } },
      ];
    case 'neverDelivered':
      return [
        { afterMs: person.deliveredAfterMs, event: { what: 'report', original, action: 'delayed', status: '4.4.1' } },
      ];
    case 'ignores':
      return [
        { afterMs: person.deliveredAfterMs, event: { what: 'reply', original, text: 'I am away.', isAutomatic: true } },
      ];
    default:
      return [];
  }
}
