import type { JsonObject } from '@poinciana/contracts';

/** What a message answers, for channels with threads. */
export interface Thread {
  /** The provider's id of the message that is answered. */
  readonly inReplyTo: string;
  readonly subject?: string | undefined;
}

/** What is sent, before a channel puts it into its own form. */
export type OutgoingContent =
  | {
      readonly type: 'template';
      readonly name: string;
      readonly language: string;
      readonly values: readonly { readonly name?: string; readonly text: string }[];
    }
  | { readonly type: 'text'; readonly text: string; readonly thread?: Thread | undefined }
  | {
      readonly type: 'email';
      /** One line. */
      readonly subject: string;
      readonly body: string;
      readonly format: 'plain' | 'html';
    }
  | {
      readonly type: 'call';
      readonly agentId: string;
      readonly sipServer: string;
      readonly sipParameters: Readonly<Record<string, string>>;
      readonly context: JsonObject;
    }
  | { readonly type: 'data'; readonly name: string; readonly values: JsonObject; readonly context: JsonObject };
