import type { Person } from './person.js';

/** One thing that happens to an accepted message, `afterMs` of the person's life after acceptance. */
export type Step =
  | { readonly afterMs: number; readonly does: 'status'; readonly status: 'sent' | 'delivered' | 'read' }
  | { readonly afterMs: number; readonly does: 'fail'; readonly code: number }
  | { readonly afterMs: number; readonly does: 'reply'; readonly text: string };

/** How many steps a message has at most. */
export const STEPS_MAX = 4;

/** What becomes of a message that this person gets, earliest first. */
export function stepsOf(person: Person): readonly Step[] {
  const sent: Step = { afterMs: person.sentAfterMs, does: 'status', status: 'sent' };
  const delivered: Step = { afterMs: person.deliveredAfterMs, does: 'status', status: 'delivered' };
  const read: Step = { afterMs: person.readAfterMs, does: 'status', status: 'read' };
  switch (person.kind) {
    case 'neverDelivered':
      return [sent];
    case 'ignores':
      return [sent, delivered];
    case 'invalidRefused':
    case 'invalidReported':
      return [{ afterMs: person.sentAfterMs, does: 'fail', code: 131026 }];
    case 'replies':
    case 'slow':
      return [sent, delivered, read, { afterMs: person.replyAfterMs, does: 'reply', text: person.reply ?? '' }];
    case 'reads':
    case 'providerErrorOnce':
      return [sent, delivered, read];
  }
}

/** The same happenings told in the wrong order, at the same times: the reply comes first, `sent` last. */
export function toldBackwards(steps: readonly Step[]): readonly Step[] {
  return steps.map((step, index) => ({ ...(steps[steps.length - 1 - index] ?? step), afterMs: step.afterMs }));
}
