import type { KnownCampaign } from '@poinciana/campaign-definition';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { foldEvent } from './fold-event.js';
import { type FlowParticipant } from './flow-participant.js';
import type { Mark } from './mark.js';
import { type Running, type Triggered, runTrigger } from './run-trigger.js';
import { type Firing, firingOf } from './trigger-of-event.js';
import { activationOfMark, activationOfTrigger } from './activations.js';

/** A participant after a list of events, and the runs that they fired, in order. */
export type WorkedThrough = Triggered;

/**
 * Takes events of one participant in log order, one after another: each run sees what every run before it did (A1). Before an
 * event that stands behind a Start, the marks that this Start catches up are worked off, so that the outcome depends on the
 * order of the log and not on how fast anybody reads it. An event that was taken before changes nothing. Ends at the first
 * trigger that has questions for Python.
 */
export function workThrough(
  participant: FlowParticipant,
  events: readonly StoredEvent[],
  running: Running,
): WorkedThrough {
  let worked: WorkedThrough = { participant, runs: [], questions: [] };
  for (const event of events) {
    if (event.position.number <= worked.participant.appliedTo) continue;
    // A deletion takes marks along: nobody is written to because she is deleted (A19).
    if (event.type !== 'ParticipantDeleted') worked = workOffMarks(worked, event.position.number, running);
    if (worked.questions.length > 0) break;
    worked = { ...worked, participant: foldEvent(worked.participant, event) };
    const firing = firingOf(event);
    if (firing !== undefined && isOfThisLife(worked.participant, event)) worked = fire(worked, firing, running);
    if (worked.questions.length > 0) break;
  }
  return worked;
}

/** Works off the marks that a Start before a place in the log catches up, in order of occurrence (A2). */
export function workOffMarks(worked: WorkedThrough, before: number, running: Running): WorkedThrough {
  let next = worked;
  for (const mark of worked.participant.marks) {
    const activation = activationOfMark(running.campaign, mark);
    if (activation === undefined || activation.startedAt.number >= before) break;
    next = { ...next, participant: withoutMark(next.participant, mark) };
    if (activation.pauseAnswer === 'newcomersOnly') continue;
    const firing: Firing = { time: activation.startedOn, ...mark };
    next = added(next, runTrigger(next.participant, firing, { activation, caughtUp: true, ...running }));
    if (next.questions.length > 0) break;
  }
  return next;
}

function fire(worked: WorkedThrough, firing: Firing, running: Running): WorkedThrough {
  const activation = activationOfTrigger(running.campaign, firing.number);
  if (activation !== undefined) {
    return added(worked, runTrigger(worked.participant, firing, { activation, caughtUp: false, ...running }));
  }
  const mark = markOf(firing);
  if (mark === undefined || !canStart(running.campaign)) return worked;
  return { ...worked, participant: { ...worked.participant, marks: [...worked.participant.marks, mark] } };
}

function added(worked: WorkedThrough, more: WorkedThrough): WorkedThrough {
  return { ...more, runs: [...worked.runs, ...more.runs] };
}

/** Only what happens once is caught up; updates and sessions of a pause are over (A2). */
function markOf({ trigger, eventId, number, correlation, hop, communication }: Firing): Mark | undefined {
  if (trigger !== 'participant-created' && trigger !== 'communication-ended') return undefined;
  return { trigger, eventId, number, correlation, hop, ...(communication === undefined ? {} : { communication }) };
}

function canStart(campaign: KnownCampaign): boolean {
  return campaign.phase === 'exists';
}

function withoutMark(participant: FlowParticipant, mark: Mark): FlowParticipant {
  return { ...participant, marks: participant.marks.filter((each) => each.eventId !== mark.eventId) };
}

function isOfThisLife(participant: FlowParticipant, event: StoredEvent): boolean {
  const { communication } = event.data as { readonly communication?: { readonly life: number } };
  const sameLife = communication === undefined || communication.life === participant.life;
  return participant.phase === 'living' && sameLife;
}
