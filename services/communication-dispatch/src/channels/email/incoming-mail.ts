import { createHash } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { isProviderAddress, isProviderId, storedText, type ChannelNotice } from '../channel-notice.js';
import { reasonOfReport, recipientReports } from './delivery-report.js';

const OUR_ID = /<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^>\s]+>/gi;
/** Where the text ends and the message that is answered begins. */
const QUOTED = /^(>|On .{1,200} wrote:\s*$|-{2,} ?Original Message ?-{2,}|Von: .+)/m;
const SUBJECT_CHARACTERS_MAX = 500;

/** What a mail means for whoever gets it. */
export interface ReadMail {
  /** About the message of ours that it reports on. */
  readonly reports: readonly { readonly notice: ChannelNotice; readonly recipient: string }[];
  /** What a person wrote; absent for what a machine wrote. */
  readonly message: ChannelNotice | undefined;
}

/** Reads a mail. Never throws for what stands in it; a mail that cannot be read says nothing. */
export async function readMail(raw: Buffer, communicationId: string | undefined): Promise<ReadMail> {
  try {
    const mail = await simpleParser(raw, {
      keepDeliveryStatus: true,
      skipImageLinks: true,
      skipTextToHtml: true,
    });
    return meaningOf(mail, raw, communicationId);
  } catch {
    // The library throws for more than it bears: HTML that is nested too deeply, a head that is too long.
    return { reports: [], message: undefined };
  }
}

function meaningOf(mail: ParsedMail, raw: Buffer, communicationId: string | undefined): ReadMail {
  return {
    reports: communicationId === undefined ? [] : reportsOf(mail, communicationId),
    message: isOfMachine(mail) ? undefined : messageOf(mail, raw),
  };
}

/** `Auto-Submitted` other than `no` is not the person's answer (RFC 3834). */
function isOfMachine(mail: ParsedMail): boolean {
  const submitted = mail.headers.get('auto-submitted');
  const type = mail.headers.get('content-type') as { readonly value?: string } | undefined;
  return (typeof submitted === 'string' && submitted.toLowerCase() !== 'no') || type?.value === 'multipart/report';
}

function reportsOf(mail: ParsedMail, communicationId: string): ReadMail['reports'] {
  const parts = mail.attachments.filter(({ contentType }) => contentType === 'message/delivery-status');
  return parts
    .flatMap(({ content }) => recipientReports(content.toString('utf8')))
    .flatMap((report): ReadMail['reports'] => {
      const base = { about: 'status', providerMessageId: communicationId, echo: communicationId } as const;
      const { recipient, action, status } = report;
      if (action === 'delivered') return [{ recipient, notice: { ...base, status: 'delivered' } }];
      if (action !== 'failed') return [];
      const code = reasonOfReport(report);
      return [{ recipient, notice: { ...base, status: 'failed', code, providerCode: status.slice(0, 20) } }];
    });
}

function messageOf(mail: ParsedMail, raw: Buffer): ChannelNotice | undefined {
  const address = mail.from?.value[0]?.address?.toLowerCase();
  if (!isProviderAddress(address)) return undefined;
  const id = isProviderId(mail.messageId) ? mail.messageId : createHash('sha256').update(raw).digest('hex');
  const answers = answeredOf(mail);
  const subject = storedText(mail.subject ?? '').slice(0, SUBJECT_CHARACTERS_MAX);
  return {
    about: 'message',
    providerMessageId: id,
    address,
    text: writtenText(mail.text ?? ''),
    subject,
    ...(answers === undefined ? {} : { answers }),
  };
}

/** The newest of our messages in the thread. */
function answeredOf({ inReplyTo = '', references = [] }: ParsedMail): string | undefined {
  const thread = [...(Array.isArray(references) ? references : [references]), inReplyTo].join(' ');
  return [...thread.matchAll(OUR_ID)].at(-1)?.[1]?.toLowerCase();
}

function writtenText(text: string): string {
  const quoted = QUOTED.exec(text);
  const own = (quoted === null ? text : text.slice(0, quoted.index)).trim();
  return storedText(own === '' ? text.trim() : own);
}
