import { literalPattern } from '../../storage/like-pattern.js';
import { Where } from '../../storage/where.js';
import { CAMPAIGNS_OF_WORKSPACE } from '../campaigns/campaigns-of-workspace.js';
import { CAMPAIGNS_OF_CUSTOMER_MAX, type CustomerQuery } from './participant-view.js';
import type { SearchedIdentity } from './searched-identity.js';

/** In which campaigns customers ($2) are. */
export const CAMPAIGNS_OF = `
  SELECT customer_id AS id, (array_agg(DISTINCT campaign_id::text ORDER BY campaign_id::text))[:${CAMPAIGNS_OF_CUSTOMER_MAX}] AS campaigns
  FROM participant WHERE customer_id = ANY($2::uuid[]) AND workspace = $1 AND NOT deleted GROUP BY 1`;

interface CustomersFrom {
  readonly sql: string;
  /** Without regard to customers who are in several campaigns, which the planner knows nothing of. */
  readonly estimated: string;
  readonly values: readonly unknown[];
}

/** Whether an identity of some row begins so. */
function identityBegins({ text, phone }: SearchedIdentity, place: Where['place']): (row: string) => string {
  const [texts, phones] = [text, phone].map((beginning) => place(`${literalPattern(beginning)}%`, 'text'));
  return (row) =>
    `(${row}.name LIKE ${texts} OR ${row}.email LIKE ${texts} OR ${row}.phone LIKE ${phones} OR ${row}.external_id LIKE ${texts})`;
}

/**
 * Where the lines of customers come from: all of them, or those of a page. They are the first of each campaign, each one range of an
 * index; a participant stands for its customer when none of the others that match changed later, which the index on the customer
 * tells. The workspace is the first parameter.
 */
export function customersFrom({
  workspace,
  beginning,
  page,
}: Pick<CustomerQuery, 'workspace' | 'beginning'> & { readonly page?: CustomerQuery }): CustomersFrom {
  const own = new Where().add('one.workspace = ?', workspace).addPlain('one.campaign_id = own AND NOT one.deleted');
  const begins = beginning === undefined ? () => 'true' : identityBegins(beginning, own.place);
  own.addPlain(begins('one'));
  const isNewest = `one.id = (
    SELECT other.id FROM participant other WHERE other.customer_id = one.customer_id AND other.workspace = $1 AND NOT other.deleted
      AND other.campaign_id IN (${CAMPAIGNS_OF_WORKSPACE}) AND ${begins('other')}
    ORDER BY other.updated_at DESC, other.id DESC LIMIT 1)`;
  const from = (where: string, order: string) =>
    `FROM (${CAMPAIGNS_OF_WORKSPACE}) AS campaigns CROSS JOIN LATERAL (SELECT one.* FROM participant one WHERE ${where} ${order}) AS customer ${order}`;
  const estimated = from(own.sql, '');
  if (page === undefined) return { sql: from(`${own.sql} AND ${isNewest}`, ''), estimated, values: own.values };
  const { direction, after, limit } = page;
  own.addEnd('updated_at', direction, after);
  const order = `ORDER BY updated_at ${direction}, id ${direction} LIMIT ${limit}`;
  return { sql: from(`${own.sql} AND ${isNewest}`, order), estimated, values: own.values };
}
