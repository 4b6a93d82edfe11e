import { binaryArray } from '@poinciana/database';
import { type AppendOutcome, categoryOf, type CheckedWrite, NO_STREAM, streamIdOf } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { EventColumns } from './event-columns.js';
import { type AppendedWrite, RecentAppends } from './recent-appends.js';
import type { StreamCategories } from './stream-categories.js';

const APPEND = `SELECT base, refused, refused_at FROM event_log.append($1::smallint,
  $2::uuid[], $3::smallint[], $4::integer[],
  $5::integer[], $6::uuid[], $7::smallint[], $8::integer[], $9::uuid[], $10::text[], $11::uuid[], $12::uuid[], $13::timestamptz[],
  $14::uuid[], $15::uuid[], $16::text[], $17::smallint[], $18::json[], $19::json[], $20::integer[])`;

const STANDING = `SELECT w.number, e.position, e.id
  FROM unnest($1::uuid[], $2::smallint[], $3::integer[], $4::integer[]) WITH ORDINALITY AS w (stream, category, first, last, number)
  JOIN event_log.events e ON e.stream = w.stream AND e.category = w.category AND e.revision BETWEEN w.first AND w.last
  ORDER BY w.number, e.revision`;

interface AppendRow {
  readonly base: string;
  /** Numbers from 1 of the writes that were left out, and the revisions their streams really have. */
  readonly refused: readonly number[] | null;
  readonly refused_at: readonly number[] | null;
}

interface StandingRow {
  readonly number: string;
  readonly position: string;
  readonly id: string;
}

/** Writes as one statement of the database, answered in their order. No stream may be among them twice. */
export class AppendCall {
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly categories: StreamCategories,
    private readonly shard: number,
    private readonly recent = new RecentAppends(shard),
  ) {}

  async run(writes: readonly CheckedWrite[]): Promise<readonly AppendOutcome[]> {
    const codeOf = await this.categories.toAppend(writes.map(({ stream }) => categoryOf(stream)));
    const values = [this.shard, ...parametersOf(writes, codeOf)];
    const { generation } = this.recent;
    const { rows } = await this.pool.query<AppendRow>({ name: 'event_log.append', text: APPEND, values });
    const [row] = rows;
    if (row === undefined) throw new Error('An append without an answer');
    const actual = new Map(
      (row.refused ?? []).map((number, index) => [number - 1, row.refused_at?.[index] ?? NO_STREAM]),
    );
    this.recent.keep(appendedOf(writes, Number(row.base), actual), generation);
    const replayed = await this.replayed(writes, actual, codeOf);
    let last = Number(row.base);
    return writes.map(({ expectedRevision, events }, index): AppendOutcome => {
      const revision = actual.get(index);
      if (revision !== undefined) return replayed.get(index) ?? { outcome: 'conflict', revision };
      last += events.length;
      return {
        outcome: 'appended',
        revision: expectedRevision + events.length,
        position: { shard: this.shard, number: last },
      };
    });
  }

  /** Of the writes that were left out, those whose events already stand where they should. */
  private async replayed(
    writes: readonly CheckedWrite[],
    actual: ReadonlyMap<number, number>,
    codeOf: (category: string) => number,
  ): Promise<ReadonlyMap<number, AppendOutcome>> {
    const candidates = writes.flatMap(({ stream, expectedRevision, events }, index) => {
      const last = expectedRevision + events.length;
      return (actual.get(index) ?? NO_STREAM) >= last
        ? [{ index, stream, first: expectedRevision + 1, last, events }]
        : [];
    });
    if (candidates.length === 0) return new Map();
    const { rows } = await this.pool.query<StandingRow>({
      name: 'event_log.standing',
      text: STANDING,
      values: [
        binaryArray.uuid(candidates.map(({ stream }) => streamIdOf(stream))),
        binaryArray.int2(candidates.map(({ stream }) => codeOf(categoryOf(stream)))),
        binaryArray.int4(candidates.map(({ first }) => first)),
        binaryArray.int4(candidates.map(({ last }) => last)),
      ],
    });
    const standing = candidates.map((): StandingRow[] => []);
    for (const row of rows) standing[Number(row.number) - 1]?.push(row);
    return new Map(
      candidates.flatMap(({ index, last, events }, candidate) => {
        const found = standing[candidate] ?? [];
        const same = found.length === events.length && events.every(({ event }, at) => found[at]?.id === event.id);
        const position = { shard: this.shard, number: Number(found.at(-1)?.position) };
        return same ? [[index, { outcome: 'replayed', revision: last, position } as const]] : [];
      }),
    );
  }
}

/** The writes that were not left out, each with the place of its last event. */
function appendedOf(
  writes: readonly CheckedWrite[],
  base: number,
  refused: ReadonlyMap<number, number>,
): readonly AppendedWrite[] {
  let last = base;
  return writes.flatMap((write, index) => {
    if (refused.has(index)) return [];
    last += write.events.length;
    return [{ write, last }];
  });
}

function parametersOf(writes: readonly CheckedWrite[], codeOf: (category: string) => number): readonly Buffer[] {
  const columns = new EventColumns();
  const streams: string[] = [];
  const codes: number[] = [];
  for (const [index, { stream, expectedRevision, events }] of writes.entries()) {
    const id = streamIdOf(stream);
    const code = codeOf(categoryOf(stream));
    streams.push(id);
    codes.push(code);
    for (let at = 0; at < events.length; at += 1) {
      const event = events[at];
      if (event !== undefined) columns.add(event, index + 1, id, code, expectedRevision + 1 + at);
    }
  }
  const expected = writes.map(({ expectedRevision }) => expectedRevision);
  return [binaryArray.uuid(streams), binaryArray.int2(codes), binaryArray.int4(expected), ...columns.parameters()];
}
