import { type FieldUse, type Flow, fieldsUsed } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { Campaign } from './campaign.js';
import type { DefineFields } from './campaign-commands.js';
import type { Workspace } from './workspace.js';

/** How many uses one refusal names. */
const USES_TOLD_MAX = 50;

/** A field that a flow uses stays, with its type and level: the refusal names the nodes ([F]3). */
export function assertNoUseIsBroken(fields: readonly contract.Field[], state: Campaign): void {
  const kept = new Map(fields.map((field) => [field.name, field]));
  const broken = state.fields.filter((field) => {
    const now = kept.get(field.name);
    return now?.type !== field.type || now.level !== field.level;
  });
  const names = new Set(broken.map(({ name }) => name));
  const uses = state.flows.flatMap(({ flow }) => fieldsUsed(flow as Flow)).filter(({ field }) => names.has(field));
  if (uses.length === 0) return;
  const message = `Used by ${uses.slice(0, USES_TOLD_MAX).map(toldUse).join(', ')}: change these nodes first`;
  throw new DomainError('field_in_use', message, 'conflict', { uses: uses.slice(0, USES_TOLD_MAX) });
}

function toldUse({ field, nodeName, flowName }: FieldUse): string {
  return `'${nodeName}' of the flow '${flowName}' (${field})`;
}

/** The type of a field may change only while nobody holds a value for it, also not by way of deleting it first ([F]4). */
export function assertValuesFit(fields: readonly contract.Field[], { held }: DefineFields, state: Campaign): void {
  const unfit = fields.filter(({ name, type }) => held.includes(name) && (state.typesEver[name] ?? type) !== type);
  if (unfit.length === 0) return;
  const names = unfit.map(({ name }) => name);
  const message = `There are participants with values for ${names.join(', ')}: the type can no longer change`;
  throw new DomainError('field_holds_values', message, 'conflict', { fields: names });
}

/** A field of the customer profile is the same in all campaigns of the workspace (A73). */
export function assertProfileAgrees(fields: readonly contract.Field[], workspace: Workspace): void {
  for (const { name, type } of profileFields(fields)) {
    const known = workspace.profileFields.find((each) => each.name === name);
    if (known === undefined || known.type === type) continue;
    const message = `'${name}' is a customer profile field of the type ${known.type} in this workspace: it must have the same type here`;
    throw new DomainError('profile_field_differs', message, 'conflict', { field: name, type: known.type });
  }
}

/** The customer profile fields that are not the system's. */
export function profileFields(fields: readonly contract.Field[]): readonly contract.Field[] {
  return fields.filter(({ level, locked }) => level === 'customer' && !locked);
}
