import type { TriggerType } from '@poinciana/campaign-definition';
import type { flowRuns as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { FlowRun } from '@poinciana/flow-engine';
import { completedOf } from './participant-history.js';

const NOTHING_PERSONAL: FlowRun['personal'] = { compared: {}, fieldValues: {}, communications: {} };

/** A stored run in the form in which the engine explains it. What an erasure took reads as not set. */
export function engineRun(event: StoredEvent): FlowRun {
  const { run, path, fieldChanges, plans, cancels } = completedOf(event);
  const { code, nodeId = '' } = event.data as Partial<contract.FlowRunFailed>;
  return {
    id: run.id,
    flowId: run.flowId,
    flowVersion: run.flowVersion,
    trigger: run.trigger as TriggerType,
    cause: { kind: 'event', eventId: run.firedBy },
    now: run.now,
    hop: event.hop,
    steps: path as readonly object[] as FlowRun['steps'],
    fieldChanges,
    plans: plans as readonly object[] as FlowRun['plans'],
    cancels,
    ...(code === undefined ? {} : { failure: { nodeId, code } }),
    personal: { ...NOTHING_PERSONAL, ...event.personal },
  };
}
