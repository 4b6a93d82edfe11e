import type {
  communication as communications,
  flowRuns,
  participant as participants,
  session as sessions,
} from '@poinciana/contracts';
import { categoryOf, type StoredEvent } from '@poinciana/event-sourcing';
import { explainRun } from '@poinciana/flow-engine';
import { flowOf } from '../../definitions/definitions.js';
import { engineRun } from './engine-run.js';
import { completedOf } from './participant-history.js';
import { channelTitle, reasonText, say, type Telling, timingText, triggerTitle, valueText, zoned } from './told.js';

/**
 * What an event of a participant's history means, in plain words. An event that nobody knows stands for itself. `before`: the event
 * before it in the participant's own stream, where it is one of those.
 */
export function tellEvent(event: StoredEvent, telling: Telling, before?: StoredEvent): string {
  switch (categoryOf(event.stream)) {
    case 'participant':
      return tellParticipant(event, telling, before);
    case 'flow-runs':
      return tellRun(event, telling);
    case 'communication':
      return tellCommunication(event, telling);
    case 'session':
      return tellMessage(event);
    default:
      return event.type;
  }
}

/** The fields that an event changed, old → new. */
export function fieldChanges(event: StoredEvent, { campaign }: Telling, before?: StoredEvent): readonly string[] {
  const { changed = [], participant } = event.data as Partial<participants.ParticipantUpdated>;
  const { values = {}, previous = {} } = (event.personal ?? {}) as Partial<participants.ParticipantPersonal>;
  return changed.map((name) => {
    const field = campaign.fields.find((each) => each.name === name)?.title ?? name;
    const [left, right] =
      name === 'timezone' ? [zoneBefore(participant, before), participant?.timeZone] : [previous[name], values[name]];
    return say('field_change', { field, before: valueText(left), after: valueText(right) });
  });
}

/** The zone is none of the values, so what it was stands in the event before, when that is of the same life. */
function zoneBefore(now: participants.Participant | undefined, before: StoredEvent | undefined): string | undefined {
  const { participant: was } = (before?.data ?? {}) as Partial<participants.ParticipantUpdated>;
  return was?.life === now?.life ? was?.timeZone : undefined;
}

function tellParticipant(event: StoredEvent, telling: Telling, before?: StoredEvent): string {
  const { source } = event.data as Partial<participants.ParticipantUpdated>;
  const parameters = { upload: source?.uploadId ?? '', row: source?.row ?? '' };
  const fields = fieldChanges(event, telling, before).join('; ');
  return say(event.type, { source: say(`source_${source?.door ?? ''}`, parameters), fields });
}

function tellRun(event: StoredEvent, { campaign, context }: Telling): string {
  const { run } = completedOf(event);
  const { code } = event.data as Partial<flowRuns.FlowRunFailed>;
  const flow = flowOf(campaign, run.flowId, run.flowVersion);
  const parameters = { trigger: triggerTitle(run.trigger), flow: flow?.name ?? run.flowId, version: run.flowVersion };
  if (code !== undefined)
    return say(run.flowVersion === 0 ? 'FlowRunCut' : event.type, { ...parameters, reason: reasonText(code) });
  const end = flow === undefined ? '' : (explainRun(engineRun(event), flow, context).at(-1)?.text ?? '');
  return say(run.caughtUp ? 'FlowRunCaughtUp' : event.type, {
    ...parameters,
    end: end.endsWith('.') ? end : `${end}.`,
  });
}

function tellCommunication(event: StoredEvent, telling: Telling): string {
  const {
    communication,
    attempt = 0,
    retryAt,
    signal = '',
  } = event.data as communications.CommunicationPlanned &
    Partial<communications.DispatchDelayed & communications.SignalNoted>;
  const { name, status, code, sendAt, channelType } = communication;
  const parameters = { name, status, attempt, signal, channel: channelTitle(channelType), reason: reasonText(code) };
  switch (event.type) {
    case 'CommunicationPlanned':
      if (sendAt === undefined) return say('CommunicationPlanned_untimed', parameters);
      return say(event.type, { ...parameters, at: zoned(sendAt, telling), because: timingText(communication.timing) });
    case 'CommunicationReplanned':
      return say(event.type, { ...parameters, at: zoned(sendAt, telling) });
    case 'DispatchDelayed':
      return say(event.type, { ...parameters, at: zoned(retryAt, telling) });
    case 'CommunicationEnded':
      return say(code === undefined ? event.type : 'CommunicationEnded_because', parameters);
    default:
      return say(event.type, parameters);
  }
}

function tellMessage(event: StoredEvent): string {
  const { session } = event.data as sessions.MessageSent;
  const { text } = (event.personal ?? {}) as Partial<sessions.MessagePersonal>;
  const channel = channelTitle(session.channelType);
  const sentence = say(event.type, { channel, text: text ?? say('text_gone') });
  // The first that is said begins the conversation; in older logs an event of its own did.
  const begins = event.revision === 0 && event.type !== 'SessionOpened';
  return begins ? `${say('SessionOpened', { channel })} ${sentence}` : sentence;
}
