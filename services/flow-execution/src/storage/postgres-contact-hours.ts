import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { type ContactHour, type WorkspaceSignals, summedHours } from '../domain/contact-hours.js';
import { CONTACTS_MAX, type Contact, type Customer } from '../domain/contacts.js';
import { ContactHours, signalsOf } from './contact-hours.js';

const ADD = `
  INSERT INTO contact_hour AS known (workspace, channel_type, day, hour, count)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::int2[], $5::int8[])
  ON CONFLICT (workspace, channel_type, day, hour) DO UPDATE SET count = known.count + excluded.count`;

/** In one order for everybody, so that two who write the same customers never wait for each other in a circle. */
const ADD_OF_CUSTOMERS = `
  INSERT INTO customer AS known (workspace, id, contacts)
  SELECT workspace, id, (array_agg(time ORDER BY number DESC))[:${CONTACTS_MAX}]
  FROM unnest($1::uuid[], $2::uuid[], $3::int8[], $4::timestamptz[]) AS given (workspace, id, number, time)
  GROUP BY workspace, id ORDER BY workspace, id
  ON CONFLICT (workspace, id) DO UPDATE SET contacts = (excluded.contacts || known.contacts)[:${CONTACTS_MAX}]`;

const OF_WORKSPACE = `
  SELECT channel_type AS "channelType", hour, sum(count)::float8 AS count FROM contact_hour
  WHERE workspace = $1 AND day >= $2 GROUP BY channel_type, hour`;

const OF_CUSTOMERS = {
  name: 'flow-customers-read',
  text: `
    SELECT id, contacts FROM customer
    WHERE (workspace, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
};

const FORGET = `
  DELETE FROM customer WHERE (workspace, id) IN (
    SELECT workspace, id FROM customer WHERE (workspace, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
    ORDER BY workspace, id FOR UPDATE)`;

export class PostgresContactHours extends ContactHours<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override add(contacts: readonly Contact[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (contacts.length === 0) return;
      const rows = summedHours(contacts);
      await transaction.query(ADD, [
        rows.map(({ workspace }) => workspace),
        rows.map(({ channelType }) => channelType),
        rows.map(({ day }) => day),
        rows.map(({ hour }) => hour),
        rows.map(({ count }) => count),
      ]);
      await transaction.query(ADD_OF_CUSTOMERS, [
        ...keysOf(contacts),
        binaryArray.int8(contacts.map(({ number }) => number)),
        binaryArray.timestamptz(contacts.map(({ time }) => time)),
      ]);
    };
  }

  override async of(workspace: string, firstDay: string): Promise<WorkspaceSignals> {
    const { rows } = await this.pool.query<ContactHour>(OF_WORKSPACE, [workspace, firstDay]);
    return signalsOf(rows);
  }

  override async ofCustomers(customers: readonly Customer[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (customers.length === 0) return new Map();
    const { rows } = await this.pool.query<{ readonly id: string; readonly contacts: readonly Date[] }>({
      ...OF_CUSTOMERS,
      values: [...keysOf(customers)],
    });
    return new Map(rows.map(({ id, contacts }) => [id, contacts.map((each) => each.toISOString())]));
  }

  override forget(customers: readonly Customer[]): StateWrite<PoolClient> {
    return async (transaction) => {
      if (customers.length > 0) await transaction.query(FORGET, [...keysOf(customers)]);
    };
  }
}

function keysOf(customers: readonly Customer[]): readonly [workspaces: Buffer, ids: Buffer] {
  return [
    binaryArray.uuid(customers.map(({ workspace }) => workspace)),
    binaryArray.uuid(customers.map(({ customerId }) => customerId)),
  ];
}
