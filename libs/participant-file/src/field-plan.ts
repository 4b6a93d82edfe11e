import type { FieldType, ValueShape } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';

/** A field as far as ingestion needs it, prepared once for many items. */
export interface PlannedField {
  readonly name: string;
  readonly shape: ValueShape;
  readonly required: boolean;
  readonly ofCustomer: boolean;
}

/** A campaign's fields, prepared for reading items. */
export interface FieldPlan {
  /** The fields with Import enabled, in the order of the Data tab. */
  readonly importable: readonly PlannedField[];
  /** Importable fields by their name in lower case (A36). */
  readonly byFoldedName: ReadonlyMap<string, PlannedField>;
  /** Types of all fields by name, to tell whether a value changed. */
  readonly types: ReadonlyMap<string, FieldType>;
  /** Every field of the customer profile that the campaign shows. */
  readonly customerFields: readonly string[];
}

/** Reserved columns and members, read without a field (A21). */
export const OBJECT_ID = 'object_id';
export const TIME_ZONE = 'timezone';

export function planFields(fields: readonly contract.Field[]): FieldPlan {
  const importable = fields.filter((field) => field.import).map(planned);
  return {
    importable,
    byFoldedName: new Map(importable.map((field) => [foldedFieldName(field.name), field])),
    types: new Map(fields.map((field) => [field.name, typeOf(field)])),
    customerFields: fields.filter((field) => field.level === 'customer').map((field) => field.name),
  };
}

/** What makes two spellings of a header the same (A36). */
export function foldedFieldName(name: string): string {
  return name.trim().toLowerCase();
}

function planned(field: contract.Field): PlannedField {
  const type = typeOf(field);
  return {
    name: field.name,
    shape: type === 'enumeration' ? { type, enumerationValues: field.enumerationValues } : { type },
    required: field.required,
    ofCustomer: field.level === 'customer',
  };
}

/** campaign-config lets no other types through; its events carry them as text. */
function typeOf(field: contract.Field): FieldType {
  return field.type as FieldType;
}
