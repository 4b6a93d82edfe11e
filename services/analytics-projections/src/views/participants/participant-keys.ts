import type { JsonObject } from '@poinciana/contracts';
import { foldedText } from '../folded-text.js';
import type { ParticipantLine, ParticipantSort } from './participant-view.js';

/** What lists of participants sort and search by. */
export interface ParticipantKeys {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly externalId: string;
}

export function keysOf(values: JsonObject): ParticipantKeys {
  return {
    name: foldedText(values['name']),
    email: foldedText(values['email']),
    phone: foldedText(values['phone']),
    externalId: foldedText(values['external_id']),
  };
}

/** What a line stands for in a list sorted so. */
export function sortValue(line: ParticipantLine, sort: ParticipantSort): string {
  return sort === 'createdAt' || sort === 'updatedAt' ? line[sort] : keysOf(line.values)[sort];
}
