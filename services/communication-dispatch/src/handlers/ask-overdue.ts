import type { ChannelAdapters } from '../channels/channel-adapters.js';
import { addressOf, durationEnd, type KnownCommunication } from '../domain/communication.js';
import type { Inbox } from '../storage/inbox.js';
import type { ClaimedTimer, Release } from '../storage/timers.js';
import { inboxEntryOf } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { Slots } from './slots.js';

/** The shortest time between two questions about one call; the longer the call, the longer. */
const ASK_AGAIN_MS = 60_000;
const ASK_AGAIN_SHARE = 0.5;

export interface OverdueSources {
  readonly channels: ChannelAdapters;
  readonly definitions: KnownDefinitions;
  readonly slots: Slots;
  readonly inbox: Inbox;
}

/** A call that nobody told the end of. */
export interface OverdueCall {
  readonly claim: ClaimedTimer;
  readonly state: KnownCommunication;
}

/**
 * Asks the providers of calls that are overdue. What they say goes into the inbox as if they had told it by themselves: what they tell
 * later is known then, and is dropped.
 */
export class AskOverdue {
  constructor(private readonly sources: OverdueSources) {}

  /** Answers the claims, to be given back until they are asked about again or their duration is over. */
  async ask(calls: readonly OverdueCall[], now: string): Promise<readonly Release[]> {
    if (calls.length === 0) return [];
    const { definitions, inbox } = this.sources;
    const workspaces = await definitions.workspaces(calls.map(({ claim }) => claim.workspace));
    const told = await Promise.all(
      calls.map(async ({ claim: { workspace, channelId }, state }) => {
        const notices = await this.noticesOf(workspaces.get(workspace), channelId, state);
        return notices.map((notice) => inboxEntryOf(notice, { channelId, workspace, receivedAt: now }));
      }),
    );
    if (told.flat().length > 0) await inbox.store(told.flat());
    return calls.map(({ claim: { communicationId, fence }, state }) => ({
      communicationId,
      fence,
      waitMs: waitOf(state, now),
    }));
  }

  private async noticesOf(
    workspace: Parameters<ChannelAdapters['open']>[0],
    channelId: string,
    state: KnownCommunication,
  ) {
    const { channels, slots } = this.sources;
    const open = channels.open(workspace, channelId);
    const adapter = open && channels.adapterOf(open.channel.type);
    if (open === undefined || adapter === undefined) return [];
    const { id: echo, providerMessageId } = state.facts;
    const proof = await slots.run(() => adapter.lookUp(open, { echo, providerMessageId, address: addressOf(state) }));
    return proof.proof === 'accepted' ? proof.notices : [];
  }
}

function waitOf(state: KnownCommunication, now: string): number {
  const elapsedMs = Date.parse(now) - Date.parse(state.facts.startedAt ?? now);
  const leftMs = Date.parse(durationEnd(state) ?? now) - Date.parse(now);
  return Math.max(0, Math.min(leftMs, Math.max(ASK_AGAIN_MS, elapsedMs * ASK_AGAIN_SHARE)));
}
