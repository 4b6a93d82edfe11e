import type { ChannelAdapters } from '../channels/channel-adapters.js';
import { addressOf, type KnownCommunication } from '../domain/communication.js';
import type { Candidate, ChannelCapacity } from '../limits/channel-capacity.js';
import { addressKeyOf } from '../storage/open-communication.js';
import type { ClaimedTimer, Release, Timers } from '../storage/timers.js';
import type { KnownDefinitions } from './known-definitions.js';
import { callFor, type Call } from './provider-call.js';

/** How long a send whose channel is stopped or gone is left alone, by the database's clock. */
const CHANNEL_STOPPED_WAIT_MS = 2_000;
/** The longest that a send is left alone, whatever its limit asks for: the deletion of its campaign is met so soon. */
const WAIT_MAX_MS = 3_600_000;

/** A due communication, and the right to send it. */
export interface Sendable {
  readonly claim: ClaimedTimer;
  readonly state: KnownCommunication;
}

/** A sendable with the call that sends it. */
export interface PreparedSend extends Sendable {
  readonly call: Call;
}

/** Finds out what may be sent now: the channel must run, and its limits allow it. */
export class PrepareSends<Transaction> {
  constructor(
    private readonly definitions: KnownDefinitions,
    private readonly channels: ChannelAdapters,
    private readonly capacity: ChannelCapacity,
    private readonly timers: Timers<Transaction>,
  ) {}

  /** Those that may be sent now, which is within their windows; the others are given back. */
  async prepare(sends: readonly Sendable[], now: string): Promise<readonly PreparedSend[]> {
    if (sends.length === 0) return [];
    const workspaces = await this.definitions.workspaces(sends.map(({ claim }) => claim.workspace));
    const campaigns = await this.definitions.campaigns(sends.map(({ claim }) => claim.campaignId));
    const stopped: Release[] = [];
    const ready: (PreparedSend & Candidate)[] = [];
    for (const send of sends) {
      const workspace = workspaces.get(send.claim.workspace);
      const open = this.channels.open(workspace, send.claim.channelId);
      const adapter = open && this.channels.adapterOf(open.channel.type);
      if (open === undefined || adapter === undefined || !open.channel.running) {
        stopped.push(releaseOf(send, CHANNEL_STOPPED_WAIT_MS, now));
      } else {
        const from = { agents: workspace?.agents ?? {}, campaign: campaigns.get(send.claim.campaignId)?.known };
        ready.push(candidateOf(send, open.channel, callFor(adapter, open, send.state, from)));
      }
    }
    const { admitted, waiting } = await this.capacity.admit(ready);
    await this.timers.release([
      ...stopped,
      ...waiting.map(({ candidate, waitMs }) => releaseOf(candidate, waitMs, now)),
    ]);
    return admitted;
  }
}

/** Until it may be sent, or until it has missed its window. */
function releaseOf({ claim: { communicationId, fence }, state }: Sendable, waitMs: number, now: string): Release {
  const { windowEnd } = state.facts;
  const leftMs = windowEnd === undefined ? WAIT_MAX_MS : Date.parse(windowEnd) - Date.parse(now);
  return { communicationId, fence, waitMs: Math.min(waitMs, leftMs, WAIT_MAX_MS) };
}

function candidateOf(
  { claim, state }: Sendable,
  channel: { readonly type: string; readonly settings: Readonly<Record<string, string>> },
  call: Call,
): PreparedSend & Candidate {
  const { channelId, workspace } = claim;
  return {
    claim,
    state,
    call,
    workspace,
    channelId,
    sender: channel.settings['phoneNumberId'] ?? channelId,
    channelType: channel.type,
    settings: channel.settings,
    addressKey: addressKeyOf(channelId, addressOf(state)),
  };
}
