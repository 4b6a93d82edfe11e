import type { Campaign } from '../campaign.js';
import type { Workspace } from '../workspace.js';
import type { Bundle, BundledReference } from './bundle.js';
import { type ReferenceKind, replaceReferences } from './flow-references.js';

/** A campaign as a bundle: its fields and the newest version of each flow. No secret, no value of a person, no id that matters. */
export function bundleOf(campaign: Campaign, workspace: Workspace): Bundle {
  const keys = new ReferenceKeys(campaign.flows.map(({ flow }) => flow.id));
  const flows = campaign.flows.map(({ flow }, index) => ({
    key: `flow-${index + 1}`,
    name: flow.name,
    nodes: replaceReferences(flow.nodes, (kind, id) => keys.keyOf(kind, id)),
    edges: flow.edges,
  }));
  const { name, description, fields } = campaign;
  return {
    campaign: {
      name,
      description,
      agents: keys.of('agent').map(([id, key]) => agentReference(key, id, workspace)),
      channels: keys.of('channel').map(([id, key]) => channelReference(key, id, workspace)),
    },
    definition: { fields, flows },
  };
}

/** Gives each thing that flows refer to a key, in the order in which they are met. */
class ReferenceKeys {
  private readonly keys: Readonly<Record<ReferenceKind, Map<string, string>>> = {
    agent: new Map(),
    channel: new Map(),
    flow: new Map(),
  };
  private missingFlows = 0;

  constructor(flowIds: readonly string[]) {
    for (const [index, id] of flowIds.entries()) this.keys.flow.set(id, `flow-${index + 1}`);
  }

  keyOf(kind: ReferenceKind, id: string): string {
    const known = this.keys[kind].get(id);
    if (known !== undefined) return known;
    const key = kind === 'flow' ? `missing-flow-${++this.missingFlows}` : `${kind}-${this.keys[kind].size + 1}`;
    this.keys[kind].set(id, key);
    return key;
  }

  of(kind: ReferenceKind): readonly (readonly [string, string])[] {
    return [...this.keys[kind]];
  }
}

function agentReference(key: string, id: string, { agents }: Workspace): BundledReference {
  return { key, id, name: agents.find((agent) => agent.id === id)?.name ?? '' };
}

function channelReference(key: string, id: string, { channels }: Workspace): BundledReference {
  const channel = channels.find((each) => each.id === id);
  return { key, id, name: channel?.name ?? '', ...(channel === undefined ? {} : { type: channel.type }) };
}
