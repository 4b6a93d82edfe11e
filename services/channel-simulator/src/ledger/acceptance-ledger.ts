import { CONTENTS_KEPT_MAX, SENDERS_MAX } from '../bounds.js';
import { PERSON_KINDS, type PersonKind } from '../people/person.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import {
  MESSAGE_STATUSES,
  type Acceptance,
  type AcceptedMessage,
  type MessageContent,
  type MessageStatus,
} from './accepted-message.js';
import { createColumns, enlarge, type Columns } from './columns.js';
import type { MessageIds } from './message-id.js';

const CAPACITY_AT_FIRST = 4_096;
const TRAIT_TEMPLATE = 1;
const TRAIT_BACKWARDS = 2;

/** What the population needs to know to go on with a message. */
export interface MessageCourse {
  readonly waId: string;
  readonly acceptedAtMs: number;
  readonly stepsDone: number;
  readonly isToldBackwards: boolean;
  readonly failsWithCode: number;
}

/**
 * Every message that was accepted, in order, numbered from 0. The count for each communication is exact: at `acceptedMax` messages
 * the ledger refuses (507) and nothing is forgotten.
 */
export class AcceptanceLedger {
  readonly #ids: MessageIds;
  readonly #acceptedMax: number;
  #columns: Columns = createColumns(CAPACITY_AT_FIRST);
  #capacity = CAPACITY_AT_FIRST;
  #length = 0;
  readonly #communicationRows = new Map<string, number>();
  readonly #communicationIds: string[] = [];
  readonly #communicationCounts: number[] = [];
  readonly #senders: string[] = [];
  readonly #contents: MessageContent[] = [];

  constructor(ids: MessageIds, acceptedMax: number) {
    this.#ids = ids;
    this.#acceptedMax = acceptedMax;
  }

  get length(): number {
    return this.#length;
  }

  /** Throws SimulatorRefusal 507 when one more message would go beyond the bounds; asked before anything is promised. */
  requireRoom(phoneNumberId: string): void {
    if (this.#length >= this.#acceptedMax) {
      throw new SimulatorRefusal(
        507,
        'ledger_full',
        `the simulator holds no more than ${this.#acceptedMax} accepted messages`,
      );
    }
    if (!this.#senders.includes(phoneNumberId) && this.#senders.length >= SENDERS_MAX) {
      throw new SimulatorRefusal(
        507,
        'too_many_senders',
        `the simulator knows no more than ${SENDERS_MAX} sending numbers`,
      );
    }
  }

  /** Returns the message's number. */
  accept(acceptance: Acceptance): number {
    this.requireRoom(acceptance.phoneNumberId);
    if (this.#length === this.#capacity) {
      this.#capacity = Math.min(this.#capacity * 2, Math.max(this.#acceptedMax, CAPACITY_AT_FIRST));
      this.#columns = enlarge(this.#columns, this.#capacity);
    }
    const row = this.#length;
    const columns = this.#columns;
    columns.acceptedAtMs[row] = acceptance.acceptedAtMs;
    columns.waId[row] = Number(acceptance.waId);
    columns.communication[row] =
      acceptance.communicationId === null ? 0 : this.#countCommunication(acceptance.communicationId) + 1;
    columns.failsWithCode[row] = acceptance.failsWithCode;
    columns.sender[row] = this.#senderRow(acceptance.phoneNumberId);
    columns.personKind[row] = PERSON_KINDS.indexOf(acceptance.personKind);
    columns.traits[row] =
      (acceptance.content.type === 'template' ? TRAIT_TEMPLATE : 0) |
      (acceptance.isToldBackwards ? TRAIT_BACKWARDS : 0);
    this.#contents[row % CONTENTS_KEPT_MAX] = acceptance.content;
    this.#length += 1;
    return row;
  }

  courseOf(row: number): MessageCourse {
    const columns = this.#columns;
    return {
      waId: String(columns.waId[row]),
      acceptedAtMs: columns.acceptedAtMs[row] as number,
      stepsDone: columns.stepsDone[row] as number,
      isToldBackwards: ((columns.traits[row] as number) & TRAIT_BACKWARDS) !== 0,
      failsWithCode: columns.failsWithCode[row] as number,
    };
  }

  recordStep(row: number): void {
    this.#columns.stepsDone[row] = (this.#columns.stepsDone[row] as number) + 1;
  }

  /** Forward only, whatever order the reports have. */
  recordStatus(row: number, status: MessageStatus): void {
    const next = MESSAGE_STATUSES.indexOf(status);
    if (next > (this.#columns.status[row] as number)) this.#columns.status[row] = next;
  }

  waIdOf(row: number): string {
    return String(this.#columns.waId[row]);
  }

  phoneNumberIdOf(row: number): string {
    return this.#senders[this.#columns.sender[row] as number] as string;
  }

  communicationIdOf(row: number): string | null {
    const communication = this.#columns.communication[row] as number;
    return communication === 0 ? null : (this.#communicationIds[communication - 1] as string);
  }

  messageIdOf(row: number): string {
    return this.#ids.idOf('o', row);
  }

  /** The number behind a message id of this run; undefined when there is none. */
  rowOf(messageId: string): number | undefined {
    const row = this.#ids.sequenceOf(messageId);
    return row !== undefined && row < this.#length ? row : undefined;
  }

  at(row: number): AcceptedMessage {
    const columns = this.#columns;
    const content = this.#length - row <= CONTENTS_KEPT_MAX ? this.#contents[row % CONTENTS_KEPT_MAX] : undefined;
    return {
      sequence: row,
      messageId: this.messageIdOf(row),
      communicationId: this.communicationIdOf(row),
      waId: this.waIdOf(row),
      phoneNumberId: this.phoneNumberIdOf(row),
      type: ((columns.traits[row] as number) & TRAIT_TEMPLATE) === 0 ? 'text' : 'template',
      personKind: PERSON_KINDS[columns.personKind[row] as number] as PersonKind,
      status: MESSAGE_STATUSES[columns.status[row] as number] as MessageStatus,
      acceptedAt: new Date(columns.acceptedAtMs[row] as number).toISOString(),
      ...(content ? { content } : {}),
    };
  }

  /** The first `limit` messages from `fromRow` on that are of this communication or to this person, where one is named. */
  find(filter: { communicationId?: string; waId?: string }, fromRow: number, limit: number): AcceptedMessage[] {
    const communication = filter.communicationId === undefined ? null : this.#columnValueOf(filter.communicationId);
    const address = filter.waId === undefined ? null : Number(filter.waId);
    const fits = (row: number) =>
      (communication === null || this.#columns.communication[row] === communication) &&
      (address === null || this.#columns.waId[row] === address);
    const found: AcceptedMessage[] = [];
    for (let row = Math.max(0, fromRow); row < this.#length && found.length < limit; row++) {
      if (fits(row)) found.push(this.at(row));
    }
    return found;
  }

  /** How often this communication was accepted. */
  countOf(communicationId: string): number {
    const row = this.#communicationRows.get(communicationId);
    return row === undefined ? 0 : (this.#communicationCounts[row] as number);
  }

  /** Every communication with the number of times it was accepted. */
  *communications(): Generator<readonly [communicationId: string, count: number]> {
    for (let row = 0; row < this.#communicationIds.length; row++) {
      yield [this.#communicationIds[row] as string, this.#communicationCounts[row] as number];
    }
  }

  /** How many messages there are of each kind of person and in each status. */
  tally(): { people: Record<PersonKind, number>; statuses: Record<MessageStatus, number> } {
    const people = Object.fromEntries(PERSON_KINDS.map((kind) => [kind, 0])) as Record<PersonKind, number>;
    const statuses = Object.fromEntries(MESSAGE_STATUSES.map((status) => [status, 0])) as Record<MessageStatus, number>;
    for (let row = 0; row < this.#length; row++) {
      people[PERSON_KINDS[this.#columns.personKind[row] as number] as PersonKind] += 1;
      statuses[MESSAGE_STATUSES[this.#columns.status[row] as number] as MessageStatus] += 1;
    }
    return { people, statuses };
  }

  /** What the column holds for it; for one that was never accepted a number that stands in no row. */
  #columnValueOf(communicationId: string): number {
    return (this.#communicationRows.get(communicationId) ?? this.#communicationIds.length) + 1;
  }

  #countCommunication(communicationId: string): number {
    const known = this.#communicationRows.get(communicationId);
    if (known !== undefined) {
      this.#communicationCounts[known] = (this.#communicationCounts[known] as number) + 1;
      return known;
    }
    const row = this.#communicationIds.length;
    this.#communicationRows.set(communicationId, row);
    this.#communicationIds.push(communicationId);
    this.#communicationCounts.push(1);
    return row;
  }

  #senderRow(phoneNumberId: string): number {
    const known = this.#senders.indexOf(phoneNumberId);
    return known >= 0 ? known : this.#senders.push(phoneNumberId) - 1;
  }
}
