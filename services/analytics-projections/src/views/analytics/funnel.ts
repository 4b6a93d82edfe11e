import { type KnownCampaign, nodeType } from '@poinciana/campaign-definition';
import { flowOf } from '../../definitions/definitions.js';
import type { NodeVisits } from './activity-view.js';

/** A node of a version of a flow, and the runs that came to it. */
export interface FunnelNode {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly entered: number;
  /** Entered, and went no further: an output that leads nowhere, an action that is the last, or a failure. */
  readonly stopped: number;
}

export interface FunnelEdge {
  readonly from: string;
  readonly output: string;
  readonly outputTitle: string;
  readonly to: string;
  readonly taken: number;
  /** Of those who entered the node it comes from: 0 to 1. */
  readonly share: number;
}

/** The ways of the runs through one version of a flow. For each node, what was taken and what stopped add up to what entered. */
export interface Funnel {
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  readonly nodes: readonly FunnelNode[];
  readonly edges: readonly FunnelEdge[];
}

export function funnels(visits: readonly NodeVisits[], campaign: KnownCampaign): readonly Funnel[] {
  const versions = new Map<string, NodeVisits[]>();
  for (const visit of visits) {
    const key = `${visit.flowId} ${visit.version}`;
    const known = versions.get(key);
    if (known === undefined) versions.set(key, [visit]);
    else known.push(visit);
  }
  return [...versions.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [funnelOf(first, own, campaign)];
  });
}

function funnelOf({ flowId, version }: NodeVisits, visits: readonly NodeVisits[], campaign: KnownCampaign): Funnel {
  const flow = flowOf(campaign, flowId, version);
  const sum = (fits: (visit: NodeVisits) => boolean) =>
    visits.filter(fits).reduce((total, { count }) => total + count, 0);
  const entered = (id: string) => sum(({ nodeId }) => nodeId === id);
  const edges = (flow?.edges ?? []).map(({ from, output, to }) => {
    const taken = sum((visit) => visit.nodeId === from && visit.output === output);
    const outputTitle = nodeType(flow?.nodes.find(({ id }) => id === from)?.type ?? '')?.outputs.find(
      ({ name }) => name === output,
    )?.title;
    const all = entered(from);
    return { from, output, outputTitle: outputTitle ?? output, to, taken, share: all === 0 ? 0 : taken / all };
  });
  // A node of a version that nobody keeps any more is shown by its id.
  const known =
    flow?.nodes ?? [...new Set(visits.map(({ nodeId }) => nodeId))].map((id) => ({ id, name: id, type: '' }));
  const nodes = known.map(({ id, name, type }) => {
    const gone = edges.filter(({ from }) => from === id).reduce((total, { taken }) => total + taken, 0);
    return { id, title: name, type, entered: entered(id), stopped: entered(id) - gone };
  });
  return { flowId, flowName: flow?.name ?? flowId, version, nodes, edges };
}
