import type { participant } from '@poinciana/contracts';
import { streamIdOf, type StoredEvent } from '@poinciana/event-sourcing';
import type { BatchHandler, StateWrite } from '@poinciana/messaging';
import type { ChannelDirectory, ChannelPlace } from '../storage/channel-directory.js';
import type { DeletedLife, DeletedParticipants } from '../storage/deleted-participants.js';
import { LOOKUP_MAX, type Timers } from '../storage/timers.js';
import type { EraseCommunications } from './erase-communications.js';
import { campaignStateOf, type KnownDefinitions } from './known-definitions.js';
import { commandsOfDeletion, commandsOfRun } from './plan-commands.js';
import {
  timerChangesOf,
  type CommandForCommunication,
  type CommunicationWriter,
  type KnownLast,
} from './communication-writer.js';

export const PLANS_GROUP = 'communication-dispatch.plans';
/** What the group listens to. `workspace` tells which channel belongs to whom, for webhooks. */
export const PLANS_CATEGORIES = ['flow-runs', 'participant', 'campaign', 'workspace'] as const;

/** What the handler works with. */
export interface PlanSources<Transaction> {
  readonly writer: CommunicationWriter;
  readonly timers: Timers<Transaction>;
  readonly channels: ChannelDirectory<Transaction>;
  readonly deleted: DeletedParticipants<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly erasure: EraseCommunications<Transaction>;
}

/**
 * Plans and cancels, in the order of the log: what flow runs ask for, what a deleted participant takes along (A19), and
 * which campaigns may send. One read, one append, one upsert a batch; repeating it appends nothing.
 */
export function onPlans<Transaction>(sources: PlanSources<Transaction>): BatchHandler<Transaction> {
  return async ({ events }) => {
    const commands = await commandsOf(sources, events);
    const written = await sources.writer.execute(commands, newOnes(commands));
    const changes = written.flatMap(timerChangesOf);
    await sources.erasure.of(events);
    const campaigns = await campaignStates(sources, events);
    const channels = events.flatMap((event) => channelsOf(event));
    const deleted = events.flatMap((event) => deletedLife(event));
    const writes: StateWrite<Transaction>[] = [
      ...(campaigns.length > 0 ? [sources.timers.putCampaigns(campaigns)] : []),
      ...(changes.length > 0 ? [sources.timers.put(changes)] : []),
      ...(deleted.length > 0 ? [sources.deleted.put(deleted)] : []),
      ...(channels.length > 0 ? [sources.channels.put(channels)] : []),
    ];
    if (writes.length === 0) return undefined;
    return async (transaction) => {
      for (const write of writes) await write(transaction);
    };
  };
}

/**
 * A communication that is planned here most likely does not exist yet, so nobody looks before appending it. Where it does exist, in a
 * batch that comes again, the append says so, and what stands there is read.
 */
function newOnes(commands: readonly CommandForCommunication[]): KnownLast {
  const plans = commands.filter(({ command }) => command.type === 'PlanCommunication');
  return new Map(plans.map(({ communicationId }) => [communicationId, undefined]));
}

async function commandsOf<Transaction>(
  { timers, deleted: deletedParticipants }: PlanSources<Transaction>,
  events: readonly StoredEvent[],
): Promise<readonly CommandForCommunication[]> {
  const deleted = events.flatMap(deletedLife).map(({ participantId }) => participantId);
  const openBefore = await openOf(timers, deleted);
  const ended = new Map(await deletedParticipants.livesOf([...new Set(events.filter(isRun).map(({ key }) => key))]));
  const open = new Map<string, Set<string>>();
  for (const { participantId, communicationId } of openBefore) remember(open, participantId, communicationId);
  const commands: CommandForCommunication[] = [];
  for (const event of events) {
    if (isRun(event)) {
      const ofRun = commandsOfRun(event, (participantId, life) => life <= (ended.get(participantId) ?? 0));
      commands.push(...ofRun);
      for (const { communicationId } of ofRun) remember(open, event.key, communicationId);
    }
    for (const { participantId, life } of deletedLife(event)) {
      commands.push(...commandsOfDeletion(event, [...(open.get(participantId) ?? [])]));
      ended.set(participantId, life);
    }
  }
  return commands;
}

function isRun({ type }: StoredEvent): boolean {
  return type === 'FlowRunCompleted' || type === 'FlowRunFailed';
}

/** The life that a deletion ends, if the event is one. */
function deletedLife({ type, stream, data }: StoredEvent): readonly DeletedLife[] {
  if (type !== 'ParticipantDeleted') return [];
  const { life } = (data as participant.ParticipantDeleted).participant ?? {};
  return [{ participantId: streamIdOf(stream), life: life ?? 1 }];
}

async function openOf<Transaction>(timers: Timers<Transaction>, participantIds: readonly string[]) {
  const found = [];
  for (let at = 0; at < participantIds.length; at += LOOKUP_MAX) {
    found.push(...(await timers.openOfParticipants(participantIds.slice(at, at + LOOKUP_MAX))));
  }
  return found;
}

function remember(open: Map<string, Set<string>>, participantId: string, communicationId: string): void {
  const known = open.get(participantId);
  if (known === undefined) open.set(participantId, new Set([communicationId]));
  else known.add(communicationId);
}

/** Of every campaign that the batch speaks of: its own events, and the plans of its runs. */
async function campaignStates<Transaction>({ definitions }: PlanSources<Transaction>, events: readonly StoredEvent[]) {
  const workspaces = new Map<string, string>();
  for (const event of events) {
    const campaignId = campaignOf(event);
    if (campaignId !== undefined) workspaces.set(campaignId, event.workspace);
  }
  if (workspaces.size === 0) return [];
  const folded = await definitions.campaigns(workspaces.keys());
  return [...folded].map(([id, campaign]) =>
    campaignStateOf(id, workspaces.get(id) ?? campaign.known.workspace, campaign),
  );
}

function campaignOf({ type, stream, data }: StoredEvent): string | undefined {
  if (stream.startsWith('campaign-')) return streamIdOf(stream);
  if (type !== 'FlowRunCompleted' && type !== 'FlowRunFailed') return undefined;
  const { run, completed } = data as {
    readonly run?: { readonly campaignId: string };
    readonly completed?: { readonly run?: { readonly campaignId: string } };
  };
  return (run ?? completed?.run)?.campaignId;
}

function channelsOf({ type, data, workspace }: StoredEvent): readonly ChannelPlace[] {
  if (type !== 'ChannelSaved') return [];
  const { channel } = data as { readonly channel: { readonly id: string; readonly type: string } };
  return [{ channelId: channel.id, workspace, type: channel.type }];
}
