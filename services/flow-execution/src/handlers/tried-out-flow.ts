import {
  type CampaignContext,
  type ChannelDefinition,
  type FieldDefinition,
  type Flow,
  type KnownCampaign,
  type KnownWorkspace,
  type TriggerType,
  coerce,
  currentActivation,
  knownCampaign,
  knownWorkspace,
  parseFlow,
} from '@poinciana/campaign-definition';
import { DomainError, type EventStore, FoldedStreams, streamName } from '@poinciana/event-sourcing';
import { compileFlow } from '@poinciana/flow-engine';
import type { Clock } from '@poinciana/service-kit';
import type { KnownSignals } from './known-signals.js';
import { type DryRunTerms, triedOut } from '../domain/dry-run/dry-run.js';

/** Which flow is tried out, and when. */
export interface TrialRequest {
  readonly flowId: string;
  /** Without one the newest, which may be a draft. */
  readonly version?: number | undefined;
  /** A graph as it is being drawn, instead of a saved one. */
  readonly drawn?: { readonly name: unknown; readonly nodes: unknown; readonly edges: unknown } | undefined;
  readonly trigger: TriggerType;
  /** ISO 8601; without one, now. */
  readonly at?: string | undefined;
}

/** Everything that a dry run needs to know of its campaign. */
export interface Trial {
  readonly terms: DryRunTerms;
  /** The versions that are tried out, by flow id: for the words. */
  readonly flows: ReadonlyMap<string, Flow>;
  readonly context: CampaignContext;
  readonly campaign: KnownCampaign;
}

/** Prepares a flow, saved or only drawn, and those it can lead to, for a dry run. */
export class TriedOutFlows {
  private readonly campaigns: FoldedStreams<KnownCampaign>;
  private readonly workspaces: FoldedStreams<KnownWorkspace>;

  constructor(
    store: EventStore,
    private readonly clock: Clock,
    private readonly signals: Pick<KnownSignals, 'of'>,
  ) {
    this.campaigns = new FoldedStreams(store, knownCampaign);
    this.workspaces = new FoldedStreams(store, knownWorkspace);
  }

  async prepare(workspaceId: string, campaignId: string, request: TrialRequest): Promise<Trial> {
    const { state: campaign } = await this.campaigns.readOne(streamName('campaign', campaignId));
    if (campaign.phase !== 'exists' || campaign.workspace !== workspaceId) {
      throw new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
    }
    const { state: workspace } = await this.workspaces.readOne(streamName('workspace', workspaceId));
    const { flow, version } = flowOf(campaign, request);
    const others = othersOf(campaign, { flow, version });
    const context = contextOf(campaign, workspace, [flow, ...others.map((each) => each.flow)]);
    const compiled = compileFlow(flow, context, version);
    if (compiled.triggers[request.trigger] === undefined) {
      throw new DomainError('no_such_trigger', 'The flow does not have this trigger');
    }
    const targets = others.map((each) => compileFlow(each.flow, context, each.version));
    const at = request.at === undefined ? this.clock.now().toISOString() : instantOf(request.at, workspace.timeZone);
    return {
      terms: {
        flows: triedOut(compiled, targets),
        takenAsActive: new Set(others.map((each) => each.flow.id).filter((id) => !campaign.activeFlowIds.includes(id))),
        trigger: request.trigger,
        at,
        workspaceZone: workspace.timeZone,
        workspaceSignals: await this.signals.of(workspaceId),
      },
      flows: new Map([flow, ...others.map((each) => each.flow)].map((each) => [each.id, each])),
      context,
      campaign,
    };
  }
}

interface FlowVersion {
  readonly flow: Flow;
  readonly version: number;
}

/** A graph that is only drawn has the version 0. */
function flowOf(campaign: KnownCampaign, { flowId, version, drawn }: TrialRequest): FlowVersion {
  if (drawn !== undefined) return { flow: drawnFlow(flowId, drawn), version: 0 };
  const newest = newestOf(campaign).find(({ flow }) => flow.id === flowId);
  if (newest === undefined)
    throw new DomainError('flow_not_found', 'There is no such flow in this campaign', 'notFound');
  if (version === undefined) return newest;
  const flow = campaign.flowVersions[flowId]?.[version];
  if (flow === undefined) {
    throw new DomainError('flow_version_not_found', `The flow has no version ${version}`, 'notFound');
  }
  return { flow: flow as Flow, version };
}

function drawnFlow(id: string, drawn: NonNullable<TrialRequest['drawn']>): Flow {
  const parsed = parseFlow({ id, ...drawn });
  if ('flow' in parsed && parsed.flow !== undefined) return parsed.flow;
  const { problems } = parsed;
  throw new DomainError('malformed_flow', problems[0]?.sentence ?? 'This is no flow', 'invalid', { problems });
}

/** The newest version of each flow that the campaign still has. */
function newestOf({ flowVersions, deletedFlowIds }: KnownCampaign): readonly FlowVersion[] {
  return Object.entries(flowVersions).flatMap(([id, versions]) => {
    if (deletedFlowIds.includes(id)) return [];
    const version = Math.max(...Object.keys(versions).map(Number));
    const flow = versions[version];
    return flow === undefined ? [] : [{ flow: flow as Flow, version }];
  });
}

/**
 * The flows to which the one that is tried out can lead. What runs leads to what runs beside it, as its runs do (A14); what is only tried
 * out leads to every other flow, as it would if they were all active.
 */
function othersOf(campaign: KnownCampaign, { flow, version }: FlowVersion): readonly FlowVersion[] {
  const others = newestOf(campaign).filter((each) => each.flow.id !== flow.id);
  const running = currentActivation(campaign)?.flows ?? [];
  const isRunning = running.some((each) => each.flowId === flow.id && each.version === version);
  return isRunning ? others.filter((each) => running.some(({ flowId }) => flowId === each.flow.id)) : others;
}

function contextOf(campaign: KnownCampaign, workspace: KnownWorkspace, flows: readonly Flow[]): CampaignContext {
  return {
    fields: campaign.fields as readonly FieldDefinition[],
    agents: Object.values(workspace.agents) as CampaignContext['agents'],
    channels: Object.values(workspace.channels) as readonly ChannelDefinition[],
    flows: flows.map((flow) => ({ flow, active: campaign.activeFlowIds.includes(flow.id) })),
  };
}

/** A day, or a time without an offset, is that of the workspace's zone. */
function instantOf(text: string, zone: string): string {
  const read = coerce({ type: 'datetime' }, text, { zone });
  if (read.kind === 'value') return String(read.value);
  throw new DomainError('invalid_instant', 'The instant must be ISO 8601, such as 2026-11-21T09:00:00Z');
}
