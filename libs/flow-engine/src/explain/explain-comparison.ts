import {
  describeSource,
  nodeType,
  OPERATOR_TITLES,
  operandsOf,
  propertyTitle,
  type CampaignContext,
  type Draft,
  type FieldCheckSettings,
  type ValueSource,
} from '@poinciana/campaign-definition';
import type { TracedValue } from '../run/flow-run.js';
import { displayTraced } from './display.js';
import type { Message, ToldStep } from './message.js';

/** `Due Date 2026-11-24 is on or after Today + 3 days (2026-11-23): Match`. */
export function explainComparison(told: ToldStep, settings: Draft<FieldCheckSettings>): Message {
  const { step, compared, context, node, flow } = told;
  const operator = step.operator ?? settings.operator;
  if (settings.property === undefined || operator === undefined) return { code: 'executed', parameters: { node: node.name } };
  const present = operandsOf(operator) === 'none';
  const stops = !flow.edges.some((edge) => edge.from === node.id && edge.output === step.output);
  const title = propertyTitle(settings.property, context);
  return {
    code: `compared${present ? '_presence' : ''}${stops ? '_stops' : ''}`,
    parameters: {
      left: present ? title : `${title} ${displayTraced(compared?.left)}`,
      operator: OPERATOR_TITLES[operator],
      right: describeRightSide(settings, compared?.right, compared?.upTo, context),
      branch: nodeType(node.type)?.outputs.find((output) => output.name === step.output)?.title ?? step.output ?? '',
    },
    ...(step.code === undefined ? {} : { reasonCode: step.code }),
  };
}

function describeRightSide(
  settings: Draft<FieldCheckSettings>,
  right: TracedValue | undefined,
  upTo: TracedValue | undefined,
  context: CampaignContext,
): string {
  if (settings.value === undefined) return displayTraced(right);
  const first = describeSide(settings.value, right, context);
  return settings.upTo === undefined ? first : `${first} and ${describeSide(settings.upTo, upTo, context)}`;
}

function describeSide(source: ValueSource, value: TracedValue | undefined, context: CampaignContext): string {
  return source.source === 'static' ? displayTraced(value) : `${describeSource(source, context)} (${displayTraced(value)})`;
}
