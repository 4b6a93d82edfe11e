import type { participants as contract } from '@poinciana/contracts';

/** A record of the inbound topic, as far as it says whose it is. */
export interface InboundRecord {
  readonly offset: number;
  readonly workspace: string;
  readonly actor: string;
  readonly item: Readonly<Record<string, unknown>>;
}

/** Why a record adds nobody. `isPoison`: it could not even be read, so it is a dead letter as well. */
export interface Rejection {
  readonly offset: number;
  readonly workspace?: string;
  readonly code: string;
  readonly reason: string;
  readonly isPoison: boolean;
  readonly problems: readonly contract.FieldProblem[];
  readonly campaign?: string;
}

/** Bytes of one record. The values of one participant are at most 256 KiB together. */
export const INBOUND_BYTES_MAX = 1024 * 1024;

const POISON = {
  no_value: 'The record has no value.',
  record_too_large: 'The value is larger than 1 MiB.',
  unauthorized: 'The header authorization must be there once, with a valid bearer token for this topic.',
  not_json: 'The value is no JSON in UTF-8.',
  not_an_object: 'The value must be an object: one item, as the participants API takes it.',
} as const;

export type PoisonCode = keyof typeof POISON;

export function poison(code: PoisonCode, offset: number, workspace?: string): Rejection {
  const told = { offset, code, reason: POISON[code], isPoison: true, problems: [] };
  return workspace === undefined ? told : { ...told, workspace };
}

/** The item of a value, or why there is none. */
export function itemOf(text: string): InboundRecord['item'] | PoisonCode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not_json';
  }
  return isObject(value) ? value : 'not_an_object';
}

function isObject(value: unknown): value is InboundRecord['item'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The campaign that a record is for, as the record has it; empty where that is no text. */
export function campaignOf({ item }: InboundRecord): string {
  const { campaign } = item;
  return typeof campaign === 'string' ? campaign : '';
}

/** Records of one campaign, in the order of their offsets. */
export interface CampaignRecords {
  readonly workspace: string;
  readonly campaignId: string;
  readonly records: readonly InboundRecord[];
}

/**
 * Groups records by their campaign. What has the same key stays in order over all campaigns: a record whose key stands in another
 * group begins a new round of groups.
 */
export function byCampaign(
  records: readonly InboundRecord[],
  keyOf: (offset: number) => string | undefined,
): readonly CampaignRecords[] {
  const rounds: Map<string, InboundRecord[]>[] = [new Map()];
  let groupOfKey = new Map<string, string>();
  for (const record of records) {
    const group = `${record.workspace}/${campaignOf(record)}`;
    const key = keyOf(record.offset);
    const before = key === undefined ? undefined : groupOfKey.get(key);
    if (before !== undefined && before !== group) {
      rounds.push(new Map());
      groupOfKey = new Map();
    }
    if (key !== undefined) groupOfKey.set(key, group);
    const round = rounds[rounds.length - 1];
    const own = round?.get(group);
    if (own === undefined) round?.set(group, [record]);
    else own.push(record);
  }
  return rounds.flatMap((round) => [...round.values()].map(groupOf));
}

function groupOf(records: readonly InboundRecord[]): CampaignRecords {
  const [first] = records;
  if (first === undefined) throw new RangeError('A group has records');
  return { workspace: first.workspace, campaignId: campaignOf(first), records };
}
