import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChannelAdapter, OpenChannel, OutgoingMessage, SendOutcome } from '../channel-adapter.js';

/** What the provider does with the next message. */
export type ProviderBehaviour = 'accepts' | 'delays' | 'refuses' | 'losesTheAnswer';

/** An adapter with its provider, real or not. */
export interface StartedAdapter {
  readonly adapter: ChannelAdapter;
  readonly channel: OpenChannel;
  behave(behaviour: ProviderBehaviour): void;
  /** How many messages with this echo the provider took. */
  acceptedTimes(echo: string): number;
  stop(): Promise<void>;
}

const MESSAGE: OutgoingMessage = {
  address: '491510000001',
  echo: '11111111-1111-4111-8111-111111111111',
  idempotencyKey: '22222222-2222-4222-8222-222222222222',
  content: { type: 'template', name: 'payment_reminder', language: 'en', values: [{ text: 'Ada' }] },
};

/** What every channel's adapter must do. */
export function channelAdapterConformance(name: string, start: () => Promise<StartedAdapter>): void {
  describe(`channel adapter: ${name}`, () => {
    let started: StartedAdapter;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(async () => {
      await started.adapter.close();
      await started.stop();
    });

    function send(behaviour: ProviderBehaviour): Promise<SendOutcome> {
      started.behave(behaviour);
      return started.adapter.send(started.channel, MESSAGE);
    }

    it('answers accepted with the id of the provider', async () => {
      const outcome = await send('accepts');
      expect(outcome).toMatchObject({ outcome: 'accepted', providerMessageId: expect.stringMatching(/.+/) });
      expect(started.acceptedTimes(MESSAGE.echo)).toBe(1);
    });

    it('tells a refusal for now from one for good', async () => {
      expect((await send('delays')).outcome).toBe('delayed');
      expect((await send('refuses')).outcome).toBe('refused');
      expect(started.acceptedTimes(MESSAGE.echo)).toBe(0);
    });

    it('answers unknown when the answer is lost, and asks once only', async () => {
      expect((await send('losesTheAnswer')).outcome).toBe('unknown');
      expect(started.acceptedTimes(MESSAGE.echo)).toBe(1);
    });

    it('promises an end of every call', () => {
      expect(started.adapter.sendTimeoutMs).toBeGreaterThan(0);
    });
  });
}
