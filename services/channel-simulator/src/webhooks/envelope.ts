import { statusError } from '../whatsapp/provider-error.js';
import type { InboundNotification, Notification, StatusNotification } from './notification.js';

/** The business as webhooks name it. */
export interface EnvelopeAccount {
  readonly businessAccountId: string;
  readonly displayPhoneNumber: string;
}

interface ChangeValue {
  readonly messaging_product: 'whatsapp';
  readonly metadata: { readonly display_phone_number: string; readonly phone_number_id: string };
  readonly contacts?: object[];
  readonly messages?: object[];
  readonly statuses?: object[];
}

/** One webhook's body in Meta's envelope: a change for each number and kind, each with many statuses or messages. */
export function renderEnvelope(notifications: readonly Notification[], account: EnvelopeAccount): string {
  const values = new Map<string, ChangeValue>();
  for (const notification of notifications) {
    const group = `${notification.about} ${notification.phoneNumberId}`;
    let value = values.get(group);
    if (!value) {
      value = emptyValue(notification, account);
      values.set(group, value);
    }
    if (notification.about === 'status') value.statuses?.push(statusOf(notification));
    else {
      value.contacts?.push({ profile: { name: notification.profileName }, wa_id: notification.waId });
      value.messages?.push(messageOf(notification));
    }
  }
  const changes = [...values.values()].map((value) => ({ value, field: 'messages' }));
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: account.businessAccountId, changes }] });
}

function emptyValue(notification: Notification, account: EnvelopeAccount): ChangeValue {
  const metadata = { display_phone_number: account.displayPhoneNumber, phone_number_id: notification.phoneNumberId };
  return notification.about === 'status'
    ? { messaging_product: 'whatsapp', metadata, statuses: [] }
    : { messaging_product: 'whatsapp', metadata, contacts: [], messages: [] };
}

function statusOf(notification: StatusNotification): object {
  return {
    id: notification.messageId,
    status: notification.status,
    timestamp: secondsOf(notification.atMs),
    recipient_id: notification.waId,
    ...(notification.communicationId === null ? {} : { biz_opaque_callback_data: notification.communicationId }),
    // Meta tells the price with `sent` and with the first of `delivered` and `read`.
    ...(notification.status === 'sent' || notification.status === 'delivered'
      ? { pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' } }
      : {}),
    ...(notification.error ? { errors: [statusError(notification.error.code, notification.error.details)] } : {}),
  };
}

function messageOf(notification: InboundNotification): object {
  return {
    from: notification.waId,
    id: notification.messageId,
    timestamp: secondsOf(notification.atMs),
    type: 'text',
    text: { body: notification.text },
  };
}

function secondsOf(timeMs: number): string {
  return String(Math.floor(timeMs / 1_000));
}
