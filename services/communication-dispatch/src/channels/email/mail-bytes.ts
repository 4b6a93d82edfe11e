import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMessage } from '../channel-adapter.js';
import { renderedMail } from './rendered-mail.js';
import { textOfHtml } from './text-of-html.js';

/** How a mail says who sends it and where answers and reports go. */
export interface MailIdentity {
  readonly from: { readonly name: string; readonly address: string };
  /** Where answers go; absent: to `from`. */
  readonly replyTo?: string | undefined;
  /** With one click (RFC 8058): the address, and the mail address for programs that know only that. */
  readonly unsubscribe?: { readonly url?: string | undefined; readonly mail?: string | undefined } | undefined;
}

/** `<communication id@domain>`: what a person's answer and a delivery report repeat. */
export function messageIdOf(echo: string, fromAddress: string): string {
  return `<${echo}@${fromAddress.slice(fromAddress.lastIndexOf('@') + 1)}>`;
}

/** A mail as it goes over the line. Contents of other channels make none. */
export function mailBytes(message: OutgoingMessage, identity: MailIdentity): Buffer | undefined {
  const { content, echo, address } = message;
  if (content.type !== 'email' && content.type !== 'text') return undefined;
  const { from, replyTo } = identity;
  const head = {
    from,
    to: { name: '', address },
    messageId: messageIdOf(echo, from.address),
    ...(replyTo === undefined ? {} : { replyTo }),
    disableUrlAccess: true,
    disableFileAccess: true,
  };
  const mail =
    content.type === 'text'
      ? { headers: { 'Auto-Submitted': 'auto-replied' }, ...answerOf(content), ...head }
      : {
          subject: content.subject,
          headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(identity) },
          ...bodyOf(content),
          ...head,
        };
  return renderedMail(new MailComposer(mail).compile());
}

/** HTML goes with what it says as text, for programs that show no other. */
function bodyOf({ format, body }: Extract<OutgoingMessage['content'], { readonly type: 'email' }>) {
  return format === 'html' ? { html: body, text: textOfHtml(body) } : { text: body };
}

/** An answer stands in the thread of what it answers. */
function answerOf({ text, thread }: Extract<OutgoingMessage['content'], { readonly type: 'text' }>) {
  const subject = thread?.subject ?? '';
  const again = /^re:/i.test(subject) ? subject : `Re: ${subject}`;
  if (thread === undefined) return { subject: '', text };
  return { subject: again.trim(), text, inReplyTo: thread.inReplyTo, references: [thread.inReplyTo] };
}

function unsubscribeHeaders({ unsubscribe }: MailIdentity): Record<string, string> {
  const { url, mail } = unsubscribe ?? {};
  const ways = [...(url === undefined ? [] : [`<${url}>`]), ...(mail === undefined ? [] : [`<mailto:${mail}>`])];
  if (ways.length === 0) return {};
  const oneClick = url === undefined ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { 'List-Unsubscribe': ways.join(', '), ...oneClick };
}
