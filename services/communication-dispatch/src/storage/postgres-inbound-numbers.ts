import { binaryArray } from '@poinciana/database';
import type { Pool } from 'pg';
import { InboundNumbers } from './inbound-numbers.js';

const OF = 'SELECT address_key, number FROM inbound_session WHERE address_key = ANY($1::uuid[])';
const RAISE = `
INSERT INTO inbound_session AS old (address_key, number) SELECT * FROM unnest($1::uuid[], $2::int4[])
ON CONFLICT (address_key) DO UPDATE SET number = greatest(old.number, excluded.number)`;

interface NumberRow {
  readonly address_key: string;
  readonly number: number;
}

export class PostgresInboundNumbers extends InboundNumbers {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async of(addressKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.run('dispatch-inbound-numbers', OF, [binaryArray.uuid(addressKeys)]);
    const known = new Map(rows.map(({ address_key, number }) => [address_key, number]));
    return new Map(addressKeys.map((key) => [key, known.get(key) ?? 0]));
  }

  override async raise(numbers: ReadonlyMap<string, number>): Promise<void> {
    if (numbers.size === 0) return;
    const sorted = [...numbers].sort(([one], [other]) => (one < other ? -1 : 1));
    const keys = binaryArray.uuid(sorted.map(([key]) => key));
    await this.run('dispatch-raise-inbound', RAISE, [keys, binaryArray.int4(sorted.map(([, number]) => number))]);
  }

  private async run(name: string, text: string, values: unknown[]): Promise<readonly NumberRow[]> {
    return (await this.pool.query<NumberRow>({ name, text, values })).rows;
  }
}
