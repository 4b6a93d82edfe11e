import type { Message } from 'kafkajs';
import { CAMPAIGN, OTHER_WORKSPACE, WORKSPACE } from './fixtures.js';

export const OTHERS_CAMPAIGN = 'bbbbbbbb-0000-4000-8000-000000000002';
export const DELETED_CAMPAIGN = 'cccccccc-0000-4000-8000-000000000003';
const UNKNOWN_CAMPAIGN = 'dddddddd-0000-4000-8000-000000000004';
const TWO_MEGABYTES = 2 * 1024 * 1024;

/** Tokens that the records of a test carry. */
export interface Tokens {
  readonly own: string;
  readonly others: string;
  readonly viewer: string;
  readonly foreign: string;
}

/** A record, and what must become of it: the person whom it adds, or the code with which it is refused. */
export type Expected =
  | { readonly message: Message; readonly person: string; readonly workspace: string }
  | { readonly message: Message; readonly code: string; readonly isDead: boolean };

type Headers = NonNullable<Message['headers']>;

/** The n-th record that is good: people of two workspaces, each with an id of her own. */
export function goodRecord(n: number, { own, others }: Tokens): Expected {
  const isOthers = n % 7 === 0;
  const person = `person-${n}`;
  const item = {
    campaign: isOthers ? OTHERS_CAMPAIGN : CAMPAIGN,
    attributes: { external_id: person, name: `Name ${n}`, amount: n },
    ...(n % 3 === 0 ? { timezone: 'Europe/London', object_id: `loan-${n}` } : {}),
  };
  const headers: Headers = { authorization: `Bearer ${isOthers ? others : own}` };
  // What strangers may send beside it changes nothing.
  if (n % 11 === 0) Object.assign(headers, { constructor: 'x', toString: ['a', 'b'], 'x-trace': 'y' });
  if (n % 13 === 0) Object.defineProperty(headers, '__proto__', { value: Buffer.from('z'), enumerable: true });
  const message = { key: person, value: JSON.stringify(item), headers };
  return { message, person, workspace: isOthers ? OTHER_WORKSPACE : WORKSPACE };
}

/** The n-th record that is bad, each in a way of its own, over and over. */
export function badRecord(n: number, tokens: Tokens): Expected {
  const bad = WAYS[n % WAYS.length];
  if (bad === undefined) throw new RangeError('There is no such way');
  const [code, isDead, made] = bad;
  const { headers, ...message } = made(tokens);
  const authorization: Headers = { authorization: `Bearer ${tokens.own}` };
  return { message: { key: `bad-${n}`, headers: headers ?? authorization, ...message }, code, isDead };
}

const attributes = { external_id: 'nobody' };
const good = JSON.stringify({ campaign: CAMPAIGN, attributes });
const value = (item: unknown) => () => ({ value: JSON.stringify(item) });
const header = (authorization: (tokens: Tokens) => Headers[string] | undefined) => (tokens: Tokens) => ({
  value: good,
  headers: { authorization: authorization(tokens) },
});

export const WAYS: readonly (readonly [string, boolean, (tokens: Tokens) => Message])[] = [
  ['not_json', true, () => ({ value: '{"campaign": ' })],
  ['not_json', true, () => ({ value: Buffer.from([0x22, 0xff, 0xfe, 0x22]) })],
  ['not_json', true, () => ({ value: '' })],
  ['no_value', true, () => ({ value: null })],
  ['record_too_large', true, value({ campaign: CAMPAIGN, attributes: { name: 'x'.repeat(TWO_MEGABYTES) } })],
  ['not_an_object', true, value([{ campaign: CAMPAIGN, attributes }])],
  ['not_an_object', true, value(null)],
  ['not_an_object', true, value(7)],
  ['unauthorized', true, () => ({ value: good, headers: {} })],
  ['unauthorized', true, header(() => 'Bearer nonsense')],
  ['unauthorized', true, header(({ own }) => own)],
  ['unauthorized', true, header(({ own }) => [`Bearer ${own}`, `Bearer ${own}`])],
  ['unauthorized', true, header(({ foreign }) => `Bearer ${foreign}`)],
  ['unauthorized', true, () => ({ value: good, headers: { constructor: 'x', hasOwnProperty: 'y' } })],
  ['forbidden', false, header(({ viewer }) => `Bearer ${viewer}`)],
  ['campaign_not_found', false, value({ campaign: UNKNOWN_CAMPAIGN, attributes })],
  ['campaign_not_found', false, value({ campaign: OTHERS_CAMPAIGN, attributes })],
  ['campaign_deleted', false, value({ campaign: DELETED_CAMPAIGN, attributes })],
  ['invalid_item', false, value({ campaign: 'no uuid', attributes })],
  ['invalid_item', false, value({ campaign: { $ne: null }, attributes })],
  ['invalid_item', false, value({ attributes })],
  ['invalid_item', false, value({ campaign: CAMPAIGN, attributes: [] })],
  ['invalid_item', false, value({ campaign: CAMPAIGN })],
  ['no_identity', false, value({ campaign: CAMPAIGN, attributes: { name: 'Nobody' } })],
  [
    'no_identity',
    false,
    () => ({ value: `{"campaign": "${CAMPAIGN}", "attributes": {"__proto__": {"external_id": "x"}}}` }),
  ],
  ['invalid_email', false, value({ campaign: CAMPAIGN, attributes: { ...attributes, email: 'no address' } })],
  ['invalid_json_type', false, value({ campaign: CAMPAIGN, attributes: { external_id: { a: 1 } } })],
  ['unknown_timezone', false, value({ campaign: CAMPAIGN, attributes, timezone: 'Mars/Olympus' })],
];
