import {
  PAYMENT_REMINDER_FIELDS,
  PAYMENT_REMINDER_TEMPLATE,
  paymentReminderContext,
  paymentReminderFlow,
} from '@poinciana/campaign-definition';
import type { communication as contract } from '@poinciana/contracts';
import {
  derivedId,
  type EventStore,
  type JsonObject,
  type NewEvent,
  NO_STREAM,
  type Position,
} from '@poinciana/event-sourcing';
import { compileFlow, decideRuns, type FlowRun, NEW_PARTICIPANT, type RunTrigger } from '@poinciana/flow-engine';
import { CAMPAIGN, idOf, WORKSPACE } from './stored-events.js';

export const UPLOAD = idOf('upload');
export const FLOW = idOf('flow');
const AGENT = idOf('agent');
const CHANNEL = idOf('channel');
const IDS = { flowId: FLOW, agentId: AGENT, channelId: CHANNEL };
const flow = paymentReminderFlow(IDS);
const compiled = compileFlow(flow, paymentReminderContext(IDS), 1);

const CAMPAIGN_FACTS = { id: CAMPAIGN, name: 'Payment reminder', description: '', kind: 'flow' };

type Content = Pick<NewEvent, 'type' | 'data'> &
  Partial<Pick<NewEvent, 'personal' | 'causation' | 'hop' | 'workspace' | 'id'>>;

/** Writes what the other services would write about the campaign "Payment reminder", with runs decided by the engine itself. */
export class Story {
  private readonly revisions = new Map<string, number>();
  private now = Date.parse('2026-11-20T09:00:00.000Z');
  position: Position = { shard: 0, number: 0 };

  constructor(private readonly store: EventStore) {}

  get time(): string {
    return new Date(this.now).toISOString();
  }

  async tell(stream: string, content: Content): Promise<string> {
    this.now += 1_000;
    const expectedRevision = this.revisions.get(stream) ?? NO_STREAM;
    const id = content.id ?? derivedId('story', stream, expectedRevision + 1);
    const envelope = {
      workspace: WORKSPACE,
      key: stream.slice(-36),
      time: this.time,
      causation: derivedId('outside', id),
      correlation: derivedId('outside', id),
      actor: 'service:story',
      hop: 0,
    };
    const [outcome] = await this.store.append([
      { stream, expectedRevision, events: [{ ...envelope, ...content, id }] },
    ]);
    if (outcome?.outcome !== 'appended') throw new Error(`The story got stuck at ${content.type}`);
    this.revisions.set(stream, outcome.revision);
    this.position = outcome.position;
    return id;
  }

  async campaignDrawn(): Promise<void> {
    const agent = {
      id: AGENT,
      name: 'Collections Bot',
      runtime: 'scripted',
      channelIds: [CHANNEL],
      results: [],
      inbound: false,
    };
    const channel = {
      id: CHANNEL,
      name: 'WhatsApp',
      type: 'whatsapp',
      running: true,
      settings: {},
      encryptedSecrets: {},
      templates: [PAYMENT_REMINDER_TEMPLATE],
    };
    await this.tell(`workspace-${WORKSPACE}`, {
      type: 'WorkspaceSettingsSaved',
      data: { name: 'Collections', timeZone: 'Europe/Madrid' },
    });
    await this.tell(`workspace-${WORKSPACE}`, { type: 'AgentSaved', data: { agent } });
    await this.tell(`workspace-${WORKSPACE}`, { type: 'ChannelSaved', data: { channel } });
    const campaign = { ...CAMPAIGN_FACTS, status: 'Inactive' };
    await this.tell(`campaign-${CAMPAIGN}`, {
      type: 'CampaignCreated',
      data: { campaign, fields: PAYMENT_REMINDER_FIELDS },
    });
    await this.tell(`campaign-${CAMPAIGN}`, { type: 'FlowSaved', data: { campaign, flow, version: 1, note: '' } });
  }

  async campaignStarted(pauseAnswer = 'run'): Promise<void> {
    const campaign = { ...CAMPAIGN_FACTS, status: 'Active' };
    const flows = [{ flowId: FLOW, version: 1 }];
    await this.tell(`campaign-${CAMPAIGN}`, {
      type: 'CampaignStarted',
      data: { campaign, flows, pauseAnswer, overdueAnswer: 'skip', generation: 1 },
    });
  }

  async campaignStopped(): Promise<void> {
    await this.tell(`campaign-${CAMPAIGN}`, {
      type: 'CampaignStopped',
      data: { campaign: { ...CAMPAIGN_FACTS, status: 'Inactive' } },
    });
  }

  /** Answers the id of the event. */
  participantCreated(person: Person, row = 2): Promise<string> {
    const { id, values, timeZone } = person;
    const participant = {
      id,
      campaignId: CAMPAIGN,
      customerId: idOf(`customer ${id}`),
      objectId: '',
      life: 1,
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    return this.tell(`participant-${id}`, {
      type: 'ParticipantCreated',
      data: { participant, changed: Object.keys(values), source: { door: 'upload', uploadId: UPLOAD, row } },
      personal: { values, previous: {} },
    });
  }

  async participantUpdated(person: Person, changes: JsonObject): Promise<void> {
    const { id, values, timeZone } = person;
    const participant = {
      id,
      campaignId: CAMPAIGN,
      customerId: idOf(`customer ${id}`),
      objectId: '',
      life: 1,
      timeZone,
    };
    const previous = Object.fromEntries(Object.keys(changes).map((name) => [name, values[name]]));
    await this.tell(`participant-${id}`, {
      type: 'ParticipantUpdated',
      data: { participant, changed: Object.keys(changes), source: { door: 'api' } },
      personal: { values: { ...values, ...changes }, previous },
    });
  }

  /** Lets the engine decide what a trigger does for a person, and records the run. */
  async flowRan(person: Person, trigger: Pick<RunTrigger, 'type' | 'eventId'> & Partial<RunTrigger>): Promise<FlowRun> {
    const { values, timeZone } = person;
    const decision = decideRuns({
      flows: [compiled],
      trigger: { now: this.time, hop: 0, ...trigger },
      participant: {
        ...NEW_PARTICIPANT,
        values: values as typeof NEW_PARTICIPANT.values,
        ...(timeZone === undefined ? {} : { zone: timeZone }),
      },
      workspaceZone: 'Europe/Madrid',
      identity: {
        ofEvent: (eventId, flowId) => derivedId('run', eventId, flowId),
        ofFlow: (runId, nodeId, flowId) => derivedId('run', runId, nodeId, flowId),
        ofCommunication: (runId, nodeId) => derivedId('communication', runId, nodeId),
      },
    });
    const [run] = decision.runs;
    if (run === undefined) throw new Error('The trigger fired nothing');
    const { id, flowId, flowVersion, now, steps, fieldChanges, plans, cancels, personal } = run;
    const head = {
      id,
      campaignId: CAMPAIGN,
      participantId: person.id,
      customerId: idOf(`customer ${person.id}`),
      flowId,
      flowVersion,
      trigger: run.trigger,
      firedBy: trigger.eventId,
      now,
      caughtUp: false,
      life: 1,
    };
    await this.tell(`flow-runs-${person.id}`, {
      id,
      type: 'FlowRunCompleted',
      data: { run: head, path: steps, fieldChanges, plans, cancels },
      personal,
      causation: trigger.eventId,
    });
    return run;
  }

  /** A step in the life of the communication that a run planned; answers the event's id. */
  async communication(
    person: Person,
    run: FlowRun,
    type: string,
    changes: Partial<contract.Communication> & { readonly status: string },
    personal: object = {},
  ): Promise<string> {
    const [plan] = run.plans;
    if (plan === undefined) throw new Error('The run planned nothing');
    const { communicationId: id, skipCode: _, timing, ...planned } = plan;
    const communication: contract.Communication = {
      ...planned,
      id,
      timing: { ...timing },
      campaignId: CAMPAIGN,
      participantId: person.id,
      customerId: idOf(`customer ${person.id}`),
      flowId: run.flowId,
      flowVersion: run.flowVersion,
      runId: run.id,
      attempts: 0,
      life: 1,
      hop: 0,
      silent: false,
      plannedAt: run.now,
      ...changes,
    };
    return this.tell(`communication-${id}`, {
      type,
      data: { communication, attempt: communication.attempts },
      personal,
      causation: run.id,
    });
  }

  async message(sessionId: string, communicationId: string, type: string, text: string): Promise<void> {
    const session = {
      id: sessionId,
      channelId: CHANNEL,
      channelType: 'whatsapp',
      agentId: AGENT,
      direction: 'outbound',
      communicationId,
    };
    await this.tell(`session-${sessionId}`, {
      type,
      data: { session, messageId: idOf(text) },
      personal: { address: '34600', text },
    });
  }
}

export interface Person {
  readonly id: string;
  readonly values: JsonObject;
  readonly timeZone?: string;
}
