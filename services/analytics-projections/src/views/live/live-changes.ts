import type { StoredEvent } from '@poinciana/event-sourcing';
import { categoryOf, streamIdOf } from '@poinciana/event-sourcing';

/** Ids of one kind in one message; more of them are only said to be more. */
export const LIVE_IDS_MAX = 200;

/** What happened in a campaign since the message before: who is open may read these rows again. */
export interface LiveChanges {
  readonly participants: readonly string[];
  readonly communications: readonly string[];
  readonly uploads: readonly string[];
  readonly sessions: readonly string[];
  /** The campaign itself: status, fields, flows. */
  readonly isCampaignChanged: boolean;
  /** More rows changed than are named: read the whole page again. */
  readonly hasMore: boolean;
}

const KINDS = {
  participant: 'participants',
  'flow-runs': 'participants',
  communication: 'communications',
  upload: 'uploads',
  session: 'sessions',
} as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

/** What is watched: a campaign of one workspace, whatever another workspace calls by the same id. */
export function watchedKey(workspace: string, campaignId: string): string {
  return `${workspace} ${campaignId}`;
}

/** What a page of the log means for those who watch some campaigns, by `watchedKey`. */
export function liveChanges(
  events: readonly StoredEvent[],
  isWatched: (key: string) => boolean,
): ReadonlyMap<string, LiveChanges> {
  const changed = new Map<string, { readonly ids: Record<Kind, Set<string>>; isCampaignChanged: boolean }>();
  for (const event of events) {
    const category = categoryOf(event.stream);
    const campaignId = category === 'campaign' ? streamIdOf(event.stream) : campaignOf(event);
    if (campaignId === undefined) continue;
    const key = watchedKey(event.workspace, campaignId);
    if (!isWatched(key)) continue;
    const known = changed.get(key) ?? { ids: noIds(), isCampaignChanged: false };
    changed.set(key, known);
    if (category === 'campaign') known.isCampaignChanged = true;
    else if (isKnown(category)) known.ids[KINDS[category]].add(streamIdOf(event.stream));
  }
  return new Map([...changed].map(([key, { ids, isCampaignChanged }]) => [key, cut(ids, isCampaignChanged)]));
}

function isKnown(category: string): category is keyof typeof KINDS {
  return Object.hasOwn(KINDS, category);
}

function noIds(): Record<Kind, Set<string>> {
  return { participants: new Set(), communications: new Set(), uploads: new Set(), sessions: new Set() };
}

function cut(ids: Readonly<Record<Kind, Set<string>>>, isCampaignChanged: boolean): LiveChanges {
  const of = (kind: Kind) => [...ids[kind]].slice(0, LIVE_IDS_MAX);
  return {
    participants: of('participants'),
    communications: of('communications'),
    uploads: of('uploads'),
    sessions: of('sessions'),
    isCampaignChanged,
    hasMore: Object.values(ids).some(({ size }) => size > LIVE_IDS_MAX),
  };
}

interface Subject {
  readonly campaignId?: string;
}

/** Every event of a campaign's things names the campaign with the state that it carries. */
function campaignOf({ data }: StoredEvent): string | undefined {
  const { participant, communication, session, upload, run, completed, campaignId } = data as Readonly<
    Partial<Record<'participant' | 'communication' | 'session' | 'upload' | 'run', Subject>>
  > & { readonly completed?: { readonly run?: Subject }; readonly campaignId?: string };
  return (participant ?? communication ?? session ?? upload ?? run ?? completed?.run)?.campaignId ?? campaignId;
}
