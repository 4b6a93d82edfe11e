import type { workspace as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { Workspace, WorkspaceEvent } from './workspace.js';

/** How many custom fields the customer profile of a workspace may have. */
export const PROFILE_FIELDS_MAX = 500;

/** Each custom profile field has one type in the whole workspace, whichever campaign defines it first (A73). */
export function defineProfileFields(
  fields: readonly contract.ProfileField[],
  state: Workspace,
): readonly WorkspaceEvent[] {
  const known = new Map(state.profileFields.map((field) => [field.name, field.type]));
  const differing = fields.find(({ name, type }) => (known.get(name) ?? type) !== type);
  if (differing !== undefined) {
    const { name } = differing;
    const message = `'${name}' is a customer profile field of the type ${known.get(name)} in this workspace`;
    throw new DomainError('profile_field_differs', message, 'conflict', { field: name, type: known.get(name) });
  }
  const added = fields.filter(({ name }) => !known.has(name));
  if (known.size + added.length > PROFILE_FIELDS_MAX) {
    const message = `The customer profile of a workspace has at most ${PROFILE_FIELDS_MAX} custom fields`;
    throw new DomainError('too_many_profile_fields', message);
  }
  return added.map(({ name, type }) => ({ type: 'ProfileFieldDefined', data: { field: { name, type } } }));
}
