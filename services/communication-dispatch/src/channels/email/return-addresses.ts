import { createHmac } from 'node:crypto';
import type { Secret } from '@poinciana/service-kit';
import { isSameSecret } from '../secret-digest.js';

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LOCAL_PART = new RegExp(`^([bru])\\+(${ID})$`, 'i');
const TOKEN = new RegExp(`^(${ID})\\.([0-9a-f]{32})$`);

/** What a mail to one of our own addresses is about. */
export type ReturnedTo =
  | { readonly what: 'bounce' | 'unsubscribe'; readonly communicationId: string }
  | { readonly what: 'reply'; readonly channelId: string };

/** Where what comes back finds us: the domain of our mail exchange, and the address of the service as the world sees it. */
export class ReturnAddresses {
  constructor(
    private readonly settings: {
      /** Absent: no mail of ours comes back; reports go to the sender's own address. */
      readonly mailDomain?: string | undefined;
      readonly publicUrl?: string | undefined;
      readonly key: Secret;
    },
  ) {}

  /** The envelope sender. */
  bounceOf(communicationId: string): string | undefined {
    return this.at(`b+${communicationId}`);
  }

  replyOf(channelId: string): string | undefined {
    return this.at(`r+${channelId}`);
  }

  unsubscribeOf(communicationId: string): { readonly url?: string; readonly mail?: string } {
    const { publicUrl } = this.settings;
    const mail = this.at(`u+${communicationId}`);
    const url = publicUrl && `${publicUrl.replace(/\/+$/, '')}/api/dispatch/unsubscribe/${this.token(communicationId)}`;
    return { ...(url === undefined ? {} : { url }), ...(mail === undefined ? {} : { mail }) };
  }

  /** What an address of ours stands for; `undefined` for every other. */
  meaningOf(address: string): ReturnedTo | undefined {
    const at = address.lastIndexOf('@');
    const { mailDomain } = this.settings;
    if (mailDomain === undefined || address.slice(at + 1).toLowerCase() !== mailDomain.toLowerCase()) return undefined;
    const [, kind = '', id = ''] = LOCAL_PART.exec(address.slice(0, at)) ?? [];
    const known = id.toLowerCase();
    if (kind === '') return undefined;
    if (kind.toLowerCase() === 'r') return { what: 'reply', channelId: known };
    return { what: kind.toLowerCase() === 'b' ? 'bounce' : 'unsubscribe', communicationId: known };
  }

  /** The communication of an unsubscribe link; `undefined` for a link that is not ours. */
  communicationOf(token: string): string | undefined {
    const id = TOKEN.exec(token)?.[1];
    return id !== undefined && isSameSecret(token, this.token(id)) ? id : undefined;
  }

  private token(communicationId: string): string {
    const mac = createHmac('sha256', this.settings.key.reveal()).update(`unsubscribe ${communicationId}`).digest('hex');
    return `${communicationId}.${mac.slice(0, 32)}`;
  }

  private at(localPart: string): string | undefined {
    const { mailDomain } = this.settings;
    return mailDomain === undefined ? undefined : `${localPart}@${mailDomain}`;
  }
}
