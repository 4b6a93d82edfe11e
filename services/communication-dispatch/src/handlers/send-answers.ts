import type { SendOutcome } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { Slots } from './slots.js';

/** What an agent says to a person, once its intent stands in the session. */
export interface Answer {
  readonly workspace: string;
  readonly channelId: string;
  readonly channelType: string;
  readonly address: string;
  readonly messageId: string;
  readonly text: string;
}

/**
 * Sends agents' answers, each at most once: the intent is in the transcript, and a lost outcome is not tried again. What
 * became of it is told to whoever watches.
 */
export class SendAnswers {
  constructor(
    private readonly definitions: KnownDefinitions,
    private readonly channels: ChannelAdapters,
    private readonly slots: Slots,
    private readonly onOutcome: (answer: Answer, outcome: SendOutcome['outcome']) => void,
  ) {}

  async send(answers: readonly Answer[]): Promise<void> {
    if (answers.length === 0) return;
    const workspaces = await this.definitions.workspaces(answers.map(({ workspace }) => workspace));
    await Promise.all(
      answers.map(async (answer) => {
        const open = this.channels.open(workspaces.get(answer.workspace), answer.channelId);
        const adapter = this.channels.adapterOf(answer.channelType);
        if (open === undefined || adapter === undefined) return this.onOutcome(answer, 'refused');
        const { address, messageId, text } = answer;
        const message = {
          address,
          echo: messageId,
          idempotencyKey: messageId,
          content: { type: 'text', text },
        } as const;
        const { outcome } = await this.slots.run(() => adapter.send(open, message));
        this.onOutcome(answer, outcome);
      }),
    );
  }
}
