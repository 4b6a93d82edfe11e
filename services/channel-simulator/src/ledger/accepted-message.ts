import type { PersonKind } from '../people/person.js';

/** Where an accepted message stands, by what was reported of it. */
export const MESSAGE_STATUSES = ['accepted', 'sent', 'delivered', 'read', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** What a message said: kept for the newest messages only. */
export type MessageContent =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'template';
      readonly name: string;
      readonly language: string;
      /** The template's body with its parameters filled in. */
      readonly text: string;
      readonly parameters: Readonly<Record<string, string>>;
    };

/** A message the provider has taken responsibility for. */
export interface Acceptance {
  /** `biz_opaque_callback_data`, which is the sender's communication id. */
  readonly communicationId: string | null;
  /** Digits only, 5 to 15, no leading zero. */
  readonly waId: string;
  readonly phoneNumberId: string;
  readonly personKind: PersonKind;
  readonly content: MessageContent;
  readonly acceptedAtMs: number;
  /** Its statuses are told last to first. */
  readonly isToldBackwards: boolean;
  /** Fails with this code by webhook, whoever the person is; 0 for none. */
  readonly failsWithCode: number;
}

/** One row of the control API's list. */
export interface AcceptedMessage {
  readonly sequence: number;
  readonly messageId: string;
  readonly communicationId: string | null;
  readonly waId: string;
  readonly phoneNumberId: string;
  readonly type: MessageContent['type'];
  readonly personKind: PersonKind;
  readonly status: MessageStatus;
  /** ISO 8601, UTC. */
  readonly acceptedAt: string;
  /** Absent for all but the newest messages. */
  readonly content?: MessageContent;
}
