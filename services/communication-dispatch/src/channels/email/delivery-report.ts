import { reasonOfStatus } from './smtp-reply.js';

/** What a delivery report says of one recipient (RFC 3464). */
export interface RecipientReport {
  readonly recipient: string;
  readonly action: string;
  /** `5.1.1` */
  readonly status: string;
}

const STATUS = /^(\d)\.(\d{1,3})\.(\d{1,3})/;

/** The recipients of a part `message/delivery-status`: groups of fields, the first of them about the whole message. */
export function recipientReports(deliveryStatus: string): readonly RecipientReport[] {
  return deliveryStatus
    .split(/\r?\n\s*\r?\n/)
    .map(fieldsOf)
    .flatMap((fields): readonly RecipientReport[] => {
      const recipient = fields.get('final-recipient') ?? fields.get('original-recipient');
      const action = fields.get('action')?.toLowerCase();
      if (recipient === undefined || action === undefined) return [];
      const address = recipient
        .slice(recipient.indexOf(';') + 1)
        .trim()
        .toLowerCase();
      return [{ recipient: address, action, status: fields.get('status') ?? '' }];
    });
}

/** Action before status: an expired message is `failed` with `4.4.1`. */
export function reasonOfReport({ status }: RecipientReport): string {
  const [, kind, subject, detail] = STATUS.exec(status) ?? [];
  if (kind === undefined) return 'recipient_unreachable';
  return reasonOfStatus({ class: Number(kind), subject: Number(subject), detail: Number(detail) });
}

function fieldsOf(group: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}
