import type { campaign, communication, flowRuns, participant } from '@poinciana/contracts';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';

export const WORKSPACE = '0b5c7d2e-0000-4000-8000-000000000001';
export const OTHER_WORKSPACE = '0b5c7d2e-0000-4000-8000-000000000002';
export const CAMPAIGN = '1c000000-0000-4000-8000-000000000001';
export const OTHER_CAMPAIGN = '1c000000-0000-4000-8000-000000000002';
export const FIRST_INSTANT = Date.parse('2026-11-20T09:00:00.000Z');

/** An id that is the same every time: `idOf('anna')`. */
export function idOf(name: string): string {
  return derivedId('spec', name);
}

export function instantAt(seconds: number): string {
  return new Date(FIRST_INSTANT + seconds * 1000).toISOString();
}

type Content = Pick<StoredEvent, 'type' | 'data'> & Partial<StoredEvent>;

/** Writes events as a log would hold them: positions over all, revisions by stream. */
export class SpecLog {
  readonly events: StoredEvent[] = [];
  private readonly revisions = new Map<string, number>();

  append(stream: string, content: Content): StoredEvent {
    const number = this.events.length + 1;
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const id = idOf(`${stream} ${revision}`);
    const key = idOf(stream);
    const envelope = {
      id,
      key,
      causation: id,
      correlation: id,
      actor: 'service:spec',
      hop: 0,
      workspace: WORKSPACE,
      time: instantAt(number),
    };
    const event: StoredEvent = { ...envelope, ...content, stream, revision, position: { shard: 0, number } };
    this.events.push(event);
    return event;
  }

  campaign(
    type: string,
    described: Partial<campaign.Campaign> & { readonly id: string },
    content: Partial<Content> = {},
  ): StoredEvent {
    const whole = { name: 'Reminder', description: '', kind: 'flow', status: 'Inactive', ...described };
    return this.append(`campaign-${described.id}`, { type, data: { campaign: whole }, ...content });
  }

  participant(
    type: string,
    described: Partial<participant.Participant> & { readonly id: string },
    values: participant.ParticipantPersonal['values'] = {},
    content: Partial<Content> & { readonly uploadId?: string } = {},
  ): StoredEvent {
    const { uploadId, ...rest } = content;
    const whole = {
      campaignId: CAMPAIGN,
      customerId: idOf(`customer of ${described.id}`),
      objectId: '',
      life: 1,
      ...described,
    };
    const source = uploadId === undefined ? { door: 'api' } : { door: 'upload', uploadId, row: 2 };
    const isDeleted = type === 'ParticipantDeleted';
    return this.append(`participant-${described.id}`, {
      type,
      data: isDeleted ? { participant: whole } : { participant: whole, changed: Object.keys(values), source },
      ...(isDeleted ? {} : { personal: { values, previous: {} } }),
      ...rest,
    });
  }

  communication(
    type: string,
    described: Partial<communication.Communication> & { readonly id: string; readonly status: string },
    content: Partial<Content> = {},
  ): StoredEvent {
    const whole: communication.Communication = {
      campaignId: CAMPAIGN,
      participantId: idOf('anna'),
      customerId: idOf('customer'),
      flowId: 'flow',
      flowVersion: 1,
      runId: idOf('run'),
      nodeId: 'remind',
      name: 'REMINDED',
      agentId: 'agent',
      channelId: 'channel',
      channelType: 'whatsapp',
      durationMs: 1000,
      timing: { code: 'at_once', zone: 'UTC' },
      attempts: 0,
      plannedAt: instantAt(0),
      life: 1,
      hop: 0,
      silent: false,
      ...described,
    };
    return this.append(`communication-${described.id}`, { type, data: { communication: whole }, ...content });
  }

  run(
    participantId: string,
    path: readonly object[],
    described: Partial<flowRuns.FlowRun> = {},
    failure?: string,
    rest: Partial<Content> = {},
  ): StoredEvent {
    const run: flowRuns.FlowRun = {
      id: idOf(`run ${this.events.length}`),
      campaignId: CAMPAIGN,
      participantId,
      customerId: idOf('customer'),
      flowId: 'flow',
      flowVersion: 1,
      trigger: 'participant-created',
      firedBy: idOf('fired'),
      now: instantAt(0),
      caughtUp: false,
      ...described,
    };
    const completed = { run, path, fieldChanges: [], plans: [], cancels: [] };
    const content =
      failure === undefined
        ? { type: 'FlowRunCompleted', data: completed }
        : { type: 'FlowRunFailed', data: { completed, code: failure } };
    return this.append(`flow-runs-${participantId}`, { ...content, ...rest });
  }
}
