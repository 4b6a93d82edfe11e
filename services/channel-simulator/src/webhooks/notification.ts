import type { MessageStatus } from '../ledger/accepted-message.js';

export interface StatusNotification {
  readonly about: 'status';
  readonly phoneNumberId: string;
  readonly messageId: string;
  readonly waId: string;
  readonly communicationId: string | null;
  readonly status: Exclude<MessageStatus, 'accepted'>;
  /** Of `failed`. */
  readonly error?: { readonly code: number; readonly details?: string };
  readonly atMs: number;
}

export interface InboundNotification {
  readonly about: 'message';
  readonly phoneNumberId: string;
  readonly messageId: string;
  readonly waId: string;
  readonly profileName: string;
  readonly text: string;
  readonly atMs: number;
}

/** Something that the receiver of webhooks is to learn. */
export type Notification = StatusNotification | InboundNotification;
