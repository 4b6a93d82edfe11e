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
  const { step, compared, context, node } = told;
  const { property, operator } = settings;
  if (property === undefined || operator === undefined) return { code: 'executed', parameters: { node: node.name } };
  const present = operandsOf(operator) === 'none';
  const title = propertyTitle(property, context);
  const parameters = {
    left: present ? title : `${title} ${displayTraced(compared?.left)}`,
    operator: OPERATOR_TITLES[operator],
    right: describeRightSide(settings, compared?.right, compared?.upTo, context),
    branch: branchTitle(told),
  };
  const code = `compared${present ? '_presence' : ''}${stopsHere(told) ? '_stops' : ''}`;
  return step.code === undefined ? { code, parameters } : { code, parameters, reasonCode: step.code };
}

function stopsHere({ flow, node, step }: ToldStep): boolean {
  return !flow.edges.some((edge) => edge.from === node.id && edge.output === step.output);
}

function branchTitle({ node, step }: ToldStep): string {
  const output = nodeType(node.type)?.outputs.find((candidate) => candidate.name === step.output);
  return output?.title ?? step.output ?? '';
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
  return source.source === 'static'
    ? displayTraced(value)
    : `${describeSource(source, context)} (${displayTraced(value)})`;
}
