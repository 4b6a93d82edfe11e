import { type KnownCampaign, knownCampaign } from '@poinciana/campaign-definition';
import { type EventStore, FoldedStreams, type StoredEvent, streamName } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import { pauseAt, pauseChanges } from '../domain/pause-changes.js';
import type { Pauses } from '../storage/pauses.js';

/** The consumer group that learns who and what waits for a Start. */
export const PAUSES_GROUP = 'campaign-config.pauses';

/** When the campaign was Active; what its flows are does not matter here, and is not kept. */
const withoutFlows = {
  initialState: knownCampaign.initialState,
  evolve: (known: KnownCampaign, event: StoredEvent): KnownCampaign =>
    event.type === 'FlowSaved' ? known : knownCampaign.evolve(known, event),
};

/** Notes who was created and what ended in a pause, and what waits to be sent, so that Start can say what it asks about. */
export class NotePauses<Transaction> {
  private readonly campaigns: FoldedStreams<KnownCampaign>;

  constructor(
    store: EventStore,
    private readonly pauses: Pauses<Transaction>,
  ) {
    this.campaigns = new FoldedStreams(store, withoutFlows);
  }

  /** The campaigns are read as they are now, so every Start and Stop that stands before an event is known. */
  async handle(events: readonly StoredEvent[]): Promise<StateWrite<Transaction>> {
    const streams = new Set(events.flatMap((event) => campaignStreamOf(event) ?? []));
    const campaigns = await this.campaigns.read(streams);
    const changes = pauseChanges(events, (campaignId, number) => {
      const folded = campaigns.get(streamName('campaign', campaignId));
      return folded === undefined ? undefined : pauseAt(folded.state, number);
    });
    return this.pauses.write(changes);
  }
}

/** The campaign's stream, of an event that something could wait for. */
function campaignStreamOf({ type, data }: StoredEvent): string | undefined {
  if (type !== 'ParticipantCreated' && type !== 'CommunicationEnded') return undefined;
  const { participant, communication } = data as Record<string, { readonly campaignId: string } | undefined>;
  const campaignId = participant?.campaignId ?? communication?.campaignId;
  return campaignId === undefined ? undefined : streamName('campaign', campaignId);
}
