import type { FieldCheckSettings } from '@poinciana/campaign-definition';
import { compileCondition } from '../../conditions/compile-condition.js';
import { explainComparison } from '../../explain/explain-comparison.js';
import { whole, type NodeExecution } from '../node-execution.js';

export const fieldCheck: NodeExecution<FieldCheckSettings> = {
  type: 'field-check',
  compile: (node, draft, context) => {
    const settings = whole(draft, 'property', 'operator');
    const condition = settings && compileCondition(settings, context, node.id);
    if (settings === undefined || condition === undefined) return undefined;
    const { operator } = settings;
    return (walk, step) => {
      step.operator = operator;
      return condition(walk, step) ? 'match' : 'else';
    };
  },
  explain: explainComparison,
};
