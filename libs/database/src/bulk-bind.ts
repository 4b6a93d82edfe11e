import type pg from 'pg';

/** From this size on, copying a parameter costs more than sending it as a piece of its own. */
const BULK_BYTES_MIN = 4_096;

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BIND */
const BIND = 'B';
const TYPE_BYTES = 1;
const INT16_BYTES = 2;
const INT32_BYTES = 4;
const TEXT_FORMAT = 0;
const BINARY_FORMAT = 1;

type Bind = pg.Connection['bind'];
type BindConfig = NonNullable<Parameters<Bind>[0]>;
type Value = NonNullable<BindConfig['values']>[number];

interface Parameter {
  readonly format: typeof TEXT_FORMAT | typeof BINARY_FORMAT;
  /** In bytes; -1 stands for NULL. */
  readonly length: number;
  readonly bytes: Buffer;
}

const NULL: Parameter = { format: TEXT_FORMAT, length: -1, bytes: Buffer.alloc(0) };

/**
 * Lets a connection send bulk parameters as they are. By itself `pg` copies all parameters into one message, whose buffer is made anew each
 * time it becomes too small: for each byte of a bulk about three more outside the heap, and for each 32 MiB there Node looks for garbage
 * among its young objects, however few there are. A statement of small parameters goes the way of `pg`.
 */
export function sendBulksUncopied(connection: pg.Connection): void {
  const ofPg: Bind = connection.bind.bind(connection);
  connection.bind = (config, more): void => {
    if (!config?.values?.some(isBulk)) return ofPg(config, more);
    // The query holds the stream back until all its messages are there, so that these pieces leave in one go.
    for (const piece of bindMessage(config)) connection.stream.write(piece);
  };
}

function isBulk(value: unknown): boolean {
  return Buffer.isBuffer(value) && value.length >= BULK_BYTES_MIN;
}

/** The message in pieces: every parameter is one, and so is what stands between two of them. */
function bindMessage({ values = [], valueMapper, ...config }: BindConfig): readonly Buffer[] {
  const parameters = values.map((value, index) =>
    parameterOf(valueMapper ? (valueMapper(value, index) as Value) : value),
  );
  const { between, end } = beginning(config, parameters);
  const pieces: Buffer[] = [];
  let [from, at] = [0, end];
  for (const { length, bytes } of parameters) {
    at = between.writeInt32BE(length, at);
    if (bytes.length === 0) continue;
    pieces.push(between.subarray(from, at), bytes);
    from = at;
  }
  at = between.writeInt16BE(1, at);
  between.writeInt16BE(config.binary ? BINARY_FORMAT : TEXT_FORMAT, at);
  pieces.push(between.subarray(from));
  return pieces;
}

/** Room for all that is no parameter, filled as far as the first of them. */
function beginning(
  { portal = '', statement = '' }: BindConfig,
  parameters: readonly Parameter[],
): { readonly between: Buffer; readonly end: number } {
  const names = Buffer.from(`${portal}\0${statement}\0`);
  const eachBytes = INT16_BYTES + INT32_BYTES;
  const ownBytes = TYPE_BYTES + INT32_BYTES + names.length + parameters.length * eachBytes + 4 * INT16_BYTES;
  const between = Buffer.allocUnsafe(ownBytes);
  const bytes = parameters.reduce((sum, parameter) => sum + parameter.bytes.length, ownBytes);
  let end = between.write(BIND, 0, 'latin1');
  end = between.writeInt32BE(bytes - TYPE_BYTES, end);
  end += names.copy(between, end);
  end = between.writeInt16BE(parameters.length, end);
  for (const { format } of parameters) end = between.writeInt16BE(format, end);
  return { between, end: between.writeInt16BE(parameters.length, end) };
}

/** What `pg` makes of a value: bytes, a text or nothing. */
function parameterOf(value: Value): Parameter {
  if (value === null || value === undefined) return NULL;
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value);
  return { format: bytes === value ? BINARY_FORMAT : TEXT_FORMAT, length: bytes.length, bytes };
}
