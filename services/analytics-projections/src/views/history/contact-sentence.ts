import type { communication as contract } from '@poinciana/contracts';
import type { ParticipantHistory } from './participant-history.js';
import { localDay } from './local-time.js';
import { channelTitle, say, type Telling, zoned } from './told.js';

const TIMES = ['never', 'once', 'twice'] as const;

/** `Contacted twice; last WhatsApp REMINDED_DUE_DATE, Completed, 20 Nov 2026. Next: none.` */
export function contactSentence(history: ParticipantHistory, telling: Telling): string {
  const all = ofThisLife(history);
  const started = sortedBy(
    all.filter(({ startedAt }) => startedAt !== undefined),
    ({ startedAt }) => startedAt,
  );
  const waiting = sortedBy(
    all.filter(({ status, sendAt }) => status === 'Planned' && sendAt !== undefined),
    ({ sendAt }) => sendAt,
  );
  const [next] = waiting;
  const parts = [
    ...(history.isDeleted ? [say('deleted')] : []),
    say(`contacted_${TIMES[started.length] ?? 'often'}`, {
      count: started.length,
      last: described(started.at(-1), telling),
    }),
    next === undefined
      ? say('next_none')
      : say('next', { name: next.name, channel: channelTitle(next.channelType), at: zoned(next.sendAt, telling) }),
  ];
  return parts.join(' ');
}

/** The communications of the life that the participant is in (A19). */
export function ofThisLife({ communications, participant }: ParticipantHistory): readonly contract.Communication[] {
  return communications.map(({ communication }) => communication).filter(({ life }) => life === participant.life);
}

function described(last: contract.Communication | undefined, { zone }: Telling): string {
  if (last === undefined) return '';
  const { channelType, name, status, startedAt = '' } = last;
  return `${channelTitle(channelType)} ${name}, ${status}, ${localDay(startedAt, zone)}`;
}

function sortedBy(
  all: readonly contract.Communication[],
  instantOf: (communication: contract.Communication) => string | undefined,
): readonly contract.Communication[] {
  return all.toSorted((one, other) => ((instantOf(one) ?? '') < (instantOf(other) ?? '') ? -1 : 1));
}
