import { displayTraced } from './display.js';
import type { Message, ToldStep } from './message.js';

/** Which fields got which values. */
export function explainAssigned({ step, compared, context, node }: ToldStep): Message {
  const changes = (step.fields ?? []).map((name) => {
    const title = context.fields.find((field) => field.name === name)?.title ?? name;
    return `${title} = ${displayTraced(compared?.assigned?.[name])}`;
  });
  if (changes.length === 0) return { code: 'changed_nothing', parameters: { node: node.name } };
  return { code: 'updated', parameters: { changes: changes.join('; ') } };
}
