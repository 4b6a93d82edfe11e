import { type Flow, type Problem, checkFlow } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { checkContext } from '../flow-problems.js';
import { profileFields } from '../field-guards.js';
import { noCampaign } from '../campaign.js';
import type { Workspace } from '../workspace.js';
import type { Bundle, BundledReference } from './bundle.js';
import { type ReferenceKind, replaceReferences } from './flow-references.js';

/** An agent or a channel that the flows need, and which of this workspace it is; absent when it is missing here. */
export interface PlannedReference {
  readonly key: string;
  readonly name: string;
  readonly id?: string;
}

/** What an import would create, and what is missing here for it to run. */
export interface ImportPlan {
  readonly fields: readonly contract.Field[];
  /** Customer profile fields that are new in this workspace. */
  readonly newProfileFields: readonly string[];
  readonly flows: readonly contract.Flow[];
  readonly agents: readonly PlannedReference[];
  readonly channels: readonly PlannedReference[];
}

/**
 * Finds for each agent and channel the one of this workspace: of the same id, else the only one of that name (and type). What is
 * missing stays missing, and the activation checks say so (A86).
 */
export function planImport(bundle: Bundle, workspace: Workspace, flowId: (key: string) => string): ImportPlan {
  const agents = bundle.campaign.agents.map((each) => found(each, workspace.agents));
  const channels = bundle.campaign.channels.map((each) =>
    found(
      each,
      workspace.channels.filter(({ type }) => type === each.type),
    ),
  );
  const flows = bundle.definition.flows;
  const keys = new Set(flows.map(({ key }) => key));
  const ids: Readonly<Record<ReferenceKind, (key: string) => string | undefined>> = {
    agent: (key) => agents.find((each) => each.key === key)?.id,
    channel: (key) => channels.find((each) => each.key === key)?.id,
    flow: (key) => (keys.has(key) ? flowId(key) : undefined),
  };
  const planned = flows.map(({ key, name, nodes, edges }) => ({
    id: flowId(key),
    name,
    nodes: replaceReferences(nodes, (kind, reference) => ids[kind](reference)),
    edges,
  }));
  const { fields } = bundle.definition;
  return {
    fields,
    newProfileFields: profileFields(fields)
      .map(({ name }) => name)
      .filter((name) => !workspace.profileFields.some((each) => each.name === name)),
    flows: planned,
    agents,
    channels,
  };
}

function found(
  { key, id, name }: BundledReference,
  candidates: readonly { readonly id: string; readonly name: string }[],
): PlannedReference {
  const same = candidates.find((each) => each.id === id);
  if (same !== undefined) return { key, name: same.name, id: same.id };
  const named = candidates.filter((each) => name !== '' && each.name.toLowerCase() === name.toLowerCase());
  const [only] = named;
  return only !== undefined && named.length === 1 ? { key, name: only.name, id: only.id } : { key, name };
}

/** What stands between each planned flow and its activation, in their order; for fields that the campaign would take. */
export function importProblems({ flows, fields }: ImportPlan, workspace: Workspace): readonly (readonly Problem[])[] {
  const drafts = flows.map((flow) => ({ flow, version: 1, active: false }));
  const context = checkContext({ ...noCampaign, fields, flows: drafts }, workspace);
  return flows.map((flow) => checkFlow(flow as Flow, context));
}
