/** The numbers of all accepted messages, one array for each, because a million objects would take ten times the memory. */
export interface Columns {
  readonly acceptedAtMs: Float64Array;
  /** 15 digits fit a double exactly. */
  readonly waId: Float64Array;
  /** Row of the communication, plus one; 0 for none. */
  readonly communication: Uint32Array;
  readonly failsWithCode: Uint32Array;
  readonly sender: Uint16Array;
  readonly personKind: Uint8Array;
  readonly status: Uint8Array;
  readonly stepsDone: Uint8Array;
  readonly traits: Uint8Array;
}

export function createColumns(capacity: number): Columns {
  return {
    acceptedAtMs: new Float64Array(capacity),
    waId: new Float64Array(capacity),
    communication: new Uint32Array(capacity),
    failsWithCode: new Uint32Array(capacity),
    sender: new Uint16Array(capacity),
    personKind: new Uint8Array(capacity),
    status: new Uint8Array(capacity),
    stepsDone: new Uint8Array(capacity),
    traits: new Uint8Array(capacity),
  };
}

/** The same rows with room for more. */
export function enlarge(columns: Columns, capacity: number): Columns {
  const larger = createColumns(capacity);
  for (const name of Object.keys(larger) as (keyof Columns)[]) larger[name].set(columns[name]);
  return larger;
}
