import type { EventStore, StoredEvent, StreamWrite } from '@poinciana/event-sourcing';
import { derivedId, streamName } from '@poinciana/event-sourcing';
import type { JsonObject } from '@poinciana/event-sourcing';
import { CAMPAIGN, NOON, WORKSPACE } from './fixtures.js';

/** A run that asks for field values, as flow-execution writes it. */
export interface FieldRun {
  readonly participantId: string;
  readonly customerId: string;
  readonly values: JsonObject;
  readonly campaignId?: string;
  readonly life?: number;
  readonly hop?: number;
  readonly failed?: boolean;
  readonly name?: string;
}

/** Puts runs into the log, and answers them as they are stored. */
export async function writeRuns(store: EventStore, runs: readonly FieldRun[]): Promise<readonly StoredEvent[]> {
  const stored: StoredEvent[] = [];
  for (const [index, run] of runs.entries()) {
    const stream = streamName('flow-runs', run.participantId);
    const [last] = await store.readLast([stream]);
    const id = derivedId(run.name ?? `run-${index}`, run.participantId, last?.revision ?? -1);
    const write: StreamWrite = { stream, expectedRevision: last?.revision ?? -1, events: [runEvent(id, run)] };
    await store.append([write]);
    const [event] = await store.readLast([stream]);
    if (event !== undefined) stored.push(event);
  }
  return stored;
}

function runEvent(id: string, run: FieldRun) {
  const { participantId, customerId, values, campaignId = CAMPAIGN, life = 1, hop = 0, failed = false } = run;
  const head = {
    id,
    campaignId,
    participantId,
    customerId,
    flowId: id,
    flowVersion: 1,
    trigger: 'participant-created',
  };
  const completed = {
    run: { ...head, firedBy: id, now: NOON, caughtUp: false, life },
    path: [],
    fieldChanges: Object.keys(values),
    plans: [],
    cancels: [],
  };
  const envelope = { id, workspace: WORKSPACE, key: participantId, time: NOON, causation: id, correlation: id, hop };
  const personal = { compared: {}, fieldValues: values, communications: {} };
  return failed
    ? {
        ...envelope,
        actor: 'service:flow-execution',
        type: 'FlowRunFailed',
        data: { completed, code: 'python_error' },
        personal,
      }
    : { ...envelope, actor: 'service:flow-execution', type: 'FlowRunCompleted', data: completed, personal };
}

/** A store with another way to append. */
export function wrapped(store: EventStore, append: EventStore['append']): EventStore {
  return {
    append,
    readTails: (tails, limit) => store.readTails(tails, limit),
    readLast: (streams) => store.readLast(streams),
    readLog: (after, limit) => store.readLog(after, limit),
    head: (shard) => store.head(shard),
    redact: (streams) => store.redact(streams),
    onAppended: (listener) => store.onAppended(listener),
  };
}
