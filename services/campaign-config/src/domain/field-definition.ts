import type { FieldDefinition } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';

/** The pure library has the types as literals; `checkFields` says which text is none of them. */
export function toDefinition(field: contract.Field): FieldDefinition {
  const { type, level } = field as Pick<FieldDefinition, 'type' | 'level'>;
  return { ...field, type, level };
}
