import { isReasonCode, nodeType } from '@poinciana/campaign-definition';
import type { flowRuns as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { Step } from '@poinciana/flow-engine';

/** What is counted of one run. */
export interface FlowRunFacts {
  readonly participantId: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly flowId: string;
  readonly trigger: string;
  /** The way it took, see `pathOf`; '' for a run that a bound cut off. */
  readonly path: string;
  /** Why it failed or was cut; '' when it did not. */
  readonly failure: string;
  /** Coded reasons that its steps noted, such as `already_in_progress`, once for each step. */
  readonly notes: readonly string[];
  readonly flowVersion: number;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Every node that it came to, with the output that it took from there. */
  readonly visits: readonly { readonly nodeId: string; readonly output: string }[];
  /** The number of its event in the log. */
  readonly position: number;
}

/** A way with more or longer parts is cut: it is a key of a counter. */
export const PATH_CHARACTERS_MAX = 400;

export function flowRunFacts(events: readonly StoredEvent[]): readonly FlowRunFacts[] {
  return events.map((event) => {
    const { completed = event.data as contract.FlowRunCompleted, code = '' } =
      event.data as Partial<contract.FlowRunFailed>;
    const { run, path } = completed;
    const steps = path as readonly object[] as readonly Step[];
    return {
      participantId: run.participantId,
      workspace: event.workspace,
      campaignId: run.campaignId,
      flowId: run.flowId,
      trigger: run.trigger,
      path: pathOf(steps),
      failure: code,
      notes: steps.flatMap((step) => (step.code !== undefined && isReasonCode(step.code) ? [step.code] : [])),
      flowVersion: run.flowVersion,
      time: event.time,
      visits: steps.map(({ nodeId, output = '' }) => ({ nodeId, output })),
      position: event.position.number,
    };
  });
}

/**
 * The way of a run in short: the ids of the actions that it reached, in order, joined by blanks. Where it reached none, the node
 * at which it ended, and the output that led nowhere: `due-today-or-later:else`.
 */
export function pathOf(steps: readonly Step[]): string {
  const actions = steps.filter(({ type }) => nodeType(type)?.kind === 'action').map(({ nodeId }) => nodeId);
  const last = steps.at(-1);
  if (last === undefined) return '';
  const path = actions.length > 0 ? [...new Set(actions)].join(' ') : `${last.nodeId}:${last.output ?? ''}`;
  return path.length <= PATH_CHARACTERS_MAX ? path : `${path.slice(0, PATH_CHARACTERS_MAX)}…`;
}
