import { binaryArray } from '@poinciana/database';
import type { Pool, QueryResultRow } from 'pg';
import {
  CustomerParticipants,
  type NotedParticipant,
  type ParticipantPlace,
  PARTICIPANTS_PAGE_MAX,
} from './customer-participants.js';

const NOTE = {
  name: 'note_participants',
  text: `INSERT INTO customer_participant (workspace, customer_id, participant_id, campaign_id, object_id)
         SELECT $1::uuid, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) ON CONFLICT DO NOTHING`,
};
const OF = {
  name: 'participants_of_customers',
  text: `SELECT customer_id::text AS "customerId", participant_id::text AS "participantId",
                campaign_id::text AS "campaignId", object_id AS "objectId"
         FROM customer_participant WHERE workspace = $1::uuid AND customer_id = ANY ($2::uuid[])
           AND (customer_id, participant_id) > ($3::uuid, $4::uuid)
         ORDER BY customer_id, participant_id LIMIT ${PARTICIPANTS_PAGE_MAX}`,
};
/** Jumps from customer to customer along the key, however many participants each has. */
const CUSTOMERS = {
  name: 'customers_with_participants',
  text: `WITH RECURSIVE found AS (
           (SELECT customer_id, 1 AS number FROM customer_participant
            WHERE workspace = $1::uuid AND customer_id > $2::uuid ORDER BY customer_id LIMIT 1)
           UNION ALL
           SELECT (SELECT p.customer_id FROM customer_participant p
                   WHERE p.workspace = $1::uuid AND p.customer_id > found.customer_id ORDER BY p.customer_id LIMIT 1), number + 1
           FROM found WHERE found.customer_id IS NOT NULL AND number < $3
         ) SELECT customer_id::text AS id FROM found WHERE customer_id IS NOT NULL ORDER BY customer_id`,
};
const FIRST = '00000000-0000-0000-0000-000000000000';

/** In the service's own schema. */
export class PostgresCustomerParticipants extends CustomerParticipants {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async note(workspace: string, participants: readonly NotedParticipant[]): Promise<void> {
    if (participants.length === 0) return;
    await this.rows(NOTE, [
      workspace,
      binaryArray.uuid(participants.map(({ customerId }) => customerId)),
      binaryArray.uuid(participants.map(({ participantId }) => participantId)),
      binaryArray.uuid(participants.map(({ campaignId }) => campaignId)),
      binaryArray.text(participants.map(({ objectId }) => objectId)),
    ]);
  }

  override async of(
    workspace: string,
    customerIds: readonly string[],
    after: ParticipantPlace = { customerId: FIRST, participantId: FIRST },
  ): Promise<readonly NotedParticipant[]> {
    const { customerId, participantId } = after;
    return this.rows<NotedParticipant & QueryResultRow>(OF, [
      workspace,
      binaryArray.uuid(customerIds),
      customerId,
      participantId,
    ]);
  }

  override async customers(workspace: string, limit: number, after = FIRST): Promise<readonly string[]> {
    return (await this.rows<{ readonly id: string }>(CUSTOMERS, [workspace, after, limit])).map(({ id }) => id);
  }

  override async forget(workspace: string, customerId: string): Promise<void> {
    await this.pool.query('DELETE FROM customer_participant WHERE workspace = $1 AND customer_id = $2', [
      workspace,
      customerId,
    ]);
  }

  private async rows<Row extends QueryResultRow>(
    query: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    return (await this.pool.query<Row>({ ...query, values: [...values] })).rows;
  }
}
