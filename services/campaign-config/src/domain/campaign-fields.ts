import { type FieldDefinition, SYSTEM_FIELDS, checkFields } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, headOf } from './campaign.js';
import type { DefineFields } from './campaign-commands.js';
import { toDefinition } from './field-definition.js';
import { assertEditable } from './campaign-editing.js';
import { assertNoUseIsBroken, assertProfileAgrees, assertValuesFit } from './field-guards.js';
import { assertSeen } from './seen-state.js';
import type { Workspace } from './workspace.js';

/** Below the 768 KiB of an event, whatever the characters are. */
const FIELDS_CHARACTERS_MAX = 200 * 1024;

/** The system fields, which every campaign has from the start. */
export function initialFields(): readonly contract.Field[] {
  return SYSTEM_FIELDS.map(toContract);
}

/** Takes the whole list of the Data tab; system fields keep everything but Import and Required (A91). */
export function defineFields(command: DefineFields, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const fields = validFields(command.fields);
  if (JSON.stringify(fields) === JSON.stringify(state.fields)) return [];
  assertNoUseIsBroken(fields, state);
  assertValuesFit(fields, command, state);
  assertProfileAgrees(fields, command.workspace);
  if (hasOwnFields(state)) assertSeen(command.seen, state.fields);
  return [{ type: 'FieldsDefined', data: { campaign: headOf(state), fields } }];
}

/** The fields of a bundle, by the rules of this workspace. */
export function fieldsOfBundle(typed: readonly contract.Field[], workspace: Workspace): readonly contract.Field[] {
  const fields = validFields(typed);
  assertProfileAgrees(fields, workspace);
  if (JSON.stringify(fields).length > FIELDS_CHARACTERS_MAX) {
    throw new DomainError('invalid_fields', 'The fields of a campaign are too large together');
  }
  return fields;
}

function validFields(typed: readonly contract.Field[]): readonly contract.Field[] {
  const fields = typed.map((field) => (field.import ? field : { ...field, required: false }));
  assertSystemFields(fields);
  const problems = checkFields(fields.map(toDefinition));
  if (problems.length > 0) {
    throw new DomainError('invalid_fields', 'Some fields are not valid', 'invalid', { problems });
  }
  return fields;
}

/** Whether there is anything that a definition of fields could overwrite. */
function hasOwnFields(state: Campaign): boolean {
  return JSON.stringify(state.fields) !== JSON.stringify(initialFields());
}

function assertSystemFields(fields: readonly contract.Field[]): void {
  const locked = new Map(initialFields().map((field) => [field.name, field]));
  for (const field of fields) {
    const system = locked.get(field.name);
    locked.delete(field.name);
    if (
      fixedPartOf(field) !== (system === undefined ? fixedPartOf({ ...field, locked: false }) : fixedPartOf(system))
    ) {
      throw new DomainError(
        'system_field_locked',
        `'${field.name.slice(0, 63)}' is a system field: it cannot be edited or deleted`,
      );
    }
  }
  const [missing] = locked.keys();
  if (missing !== undefined) {
    throw new DomainError('system_field_locked', `'${missing}' is a system field: it cannot be edited or deleted`);
  }
}

function fixedPartOf({ name, title, description, type, level, locked }: contract.Field): string {
  return JSON.stringify(locked ? [name, title, description, type, level, locked] : [name, locked]);
}

function toContract(field: FieldDefinition): contract.Field {
  return { ...field, enumerationValues: [...(field.enumerationValues ?? [])] };
}
