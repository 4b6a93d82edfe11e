import type { campaign as contract } from '@poinciana/contracts';

/** What a setting of a node may refer to, by the setting's name. */
export const REFERENCES = { agentId: 'agent', channelId: 'channel', flowId: 'flow' } as const;
export type ReferenceKind = (typeof REFERENCES)[keyof typeof REFERENCES];

/** The nodes with every reference replaced; what `replace` does not know stays. */
export function replaceReferences(
  nodes: readonly contract.FlowNode[],
  replace: (kind: ReferenceKind, id: string) => string | undefined,
): readonly contract.FlowNode[] {
  return nodes.map((node) => ({ ...node, settings: replaced(node.settings, replace) }));
}

function replaced(
  settings: contract.FlowNode['settings'],
  replace: (kind: ReferenceKind, id: string) => string | undefined,
): contract.FlowNode['settings'] {
  const references = Object.entries(REFERENCES).flatMap(([setting, kind]) => {
    const id = Object.hasOwn(settings, setting) ? settings[setting] : undefined;
    const found = typeof id === 'string' && id !== '' ? replace(kind, id) : undefined;
    return found === undefined ? [] : [[setting, found] as const];
  });
  return { ...settings, ...Object.fromEntries(references) };
}
