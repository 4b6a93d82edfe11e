import { NODES_MAX, type Flow, type FlowEdge, type FlowNode } from '@poinciana/campaign-definition';

const AMOUNT = { group: 'participant', name: 'amount' } as const;

/** The largest flow there may be: Field Checks of which each asks for another amount, all but the last left by Else. */
export function largeFlow(id: string): Flow {
  const checks = NODES_MAX - 2;
  const nodes: FlowNode[] = [
    { id: 'created', type: 'participant-created', name: 'Created', settings: {} },
    ...Array.from({ length: checks }, (_, index) => checkNode(index)),
    { id: 'cancel', type: 'cancel-communications', name: 'Cancel', settings: {} },
  ];
  const edges: FlowEdge[] = [{ from: 'created', output: 'out', to: 'check-0' }];
  for (let index = 0; index < checks; index += 1) {
    edges.push({ from: `check-${index}`, output: 'match', to: 'cancel' });
    if (index + 1 < checks) edges.push({ from: `check-${index}`, output: 'else', to: `check-${index + 1}` });
  }
  return { id, name: 'The largest', nodes, edges };
}

function checkNode(index: number): FlowNode {
  const settings = { property: AMOUNT, operator: 'isEqualTo', value: { source: 'static', value: index * 5 } };
  return { id: `check-${index}`, type: 'field-check', name: `Is it ${index * 5}?`, settings };
}
