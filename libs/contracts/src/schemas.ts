import type { JsonObject } from './json.js';

export { asyncApiDocument, contractSchemas } from './generated/schemas.js';

/** JSON Schema (2020-12) of an object: the members that others may see. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, MemberSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

/** Of one member: a value, a list, a map, or by `$ref` an object of the same document (`#/$defs/<name>`). */
export interface MemberSchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: MemberSchema;
  readonly additionalProperties?: MemberSchema;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What one package of `proto/` looks like as JSON. */
export interface ContractSchema {
  /** `<category>.v<version>` */
  readonly name: string;
  readonly category: string;
  readonly version: number;
  /** The events among the messages, each with the message that is its personal part. */
  readonly events: Readonly<Record<string, string | null>>;
  readonly schema: JsonObject & {
    readonly $id: string;
    readonly $defs: Readonly<Record<string, ObjectSchema>>;
  };
}
