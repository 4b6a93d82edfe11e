import type {
  CampaignContext,
  FieldType,
  FieldValue,
  MessageVariable,
  VariableValues,
} from '@poinciana/campaign-definition';
import type { Walk } from '../../run/walk.js';
import { compileSource, displayText } from '../../values/compile-source.js';

/** The values of a message's variables for one participant, or why the message cannot be made. */
export interface Content {
  readonly templateVariables: VariableValues;
  readonly templateName?: string;
  readonly templateLanguage?: string;
  readonly skipCode?: 'no_template_value' | 'message_too_long';
}

export type CompiledContent = (walk: Walk) => Content;

export const NO_TEMPLATE_VALUE: Content = { templateVariables: {}, skipCode: 'no_template_value' };
export const MESSAGE_TOO_LONG: Content = { templateVariables: {}, skipCode: 'message_too_long' };

/** Reads all variables of a message; undefined in the run when one has no value, here when one cannot be read at all. */
export function compileVariables(
  variables: readonly MessageVariable[],
  context: CampaignContext,
  nodeId: string,
): ((walk: Walk) => VariableValues | undefined) | undefined {
  const compiled: { readonly variable: string; readonly text: (walk: Walk) => string | undefined }[] = [];
  for (const { variable, value } of variables) {
    const source = compileSource(value, { type: 'string' }, context, { nodeId, setting: `variables.${variable}` });
    if (source === undefined) return undefined;
    const { read, type } = source;
    compiled.push({ variable, text: (walk) => textOf(read(walk), type, walk) });
  }
  return (walk) => {
    const values: Record<string, string> = {};
    let isWhole = true;
    for (const { variable, text } of compiled) {
      const value = text(walk);
      if (value === undefined) isWhole = false;
      else values[variable] = value;
    }
    return isWhole ? values : undefined;
  };
}

function textOf(value: FieldValue | undefined, type: FieldType, walk: Walk): string | undefined {
  return value === undefined ? undefined : displayText(value, type, walk.input.zone.name);
}

/** Variables of texts of our own: what they make, filled in, must not be longer than the channel takes. */
export function compileTexts(
  variables: readonly MessageVariable[],
  lengthOf: (values: VariableValues) => number,
  charactersMax: number,
  context: CampaignContext,
  nodeId: string,
): CompiledContent | undefined {
  const read = compileVariables(variables, context, nodeId);
  if (read === undefined) return undefined;
  return (walk) => {
    const templateVariables = read(walk);
    if (templateVariables === undefined) return NO_TEMPLATE_VALUE;
    return lengthOf(templateVariables) > charactersMax ? MESSAGE_TOO_LONG : { templateVariables };
  };
}
