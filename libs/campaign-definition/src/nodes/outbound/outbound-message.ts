import type { SipParameter } from '../voice-communication/sip-settings.js';

/** What is sent to one participant, with its variables filled in. */
export type OutboundMessage =
  | { readonly channelType: 'whatsapp'; readonly templateName: string; readonly templateLanguage: string }
  /** Without a text the agent says the first word. */
  | { readonly channelType: 'telegram'; readonly text?: string }
  | {
      readonly channelType: 'email';
      /** One line. */
      readonly subject: string;
      readonly body: string;
      readonly format: 'plain' | 'html';
    }
  | { readonly channelType: 'voice'; readonly sipServer: string; readonly sipParameters: readonly SipParameter[] };
