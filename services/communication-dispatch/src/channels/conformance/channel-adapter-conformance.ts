import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChannelAdapter, OpenChannel, OutgoingMessage, SendOutcome } from '../channel-adapter.js';
import type { OutgoingContent } from '../outgoing-content.js';

/** What the provider does with the next message. */
export type ProviderBehaviour = 'accepts' | 'delays' | 'refuses' | 'breaks' | 'losesTheAnswer' | 'isSilent';

/** An adapter with its provider, real or not. */
export interface StartedAdapter {
  readonly adapter: ChannelAdapter;
  readonly channel: OpenChannel;
  readonly address: string;
  readonly content: OutgoingContent;
  behave(behaviour: ProviderBehaviour): Promise<void>;
  /** How many messages with this echo the provider took. */
  acceptedTimes(echo: string): Promise<number>;
  /** The provider is gone: nobody listens any more. */
  vanish(): Promise<void>;
  stop(): Promise<void>;
}

const ECHO = '11111111-1111-4111-8111-111111111111';

/** What every channel's adapter must do, its provider speaking the real protocol. */
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

    function send(changes: Partial<OutgoingMessage> = {}): Promise<SendOutcome> {
      const { address, content, adapter, channel } = started;
      const idempotencyKey = '22222222-2222-4222-8222-222222222222';
      return adapter.send(channel, { address, echo: ECHO, idempotencyKey, content, ...changes });
    }

    async function sendWhen(behaviour: ProviderBehaviour): Promise<SendOutcome> {
      await started.behave(behaviour);
      return send();
    }

    it('answers accepted with the id of the provider, also for many one after the other', async () => {
      for (let times = 1; times <= 3; times += 1) {
        const outcome = await sendWhen('accepts');
        expect(outcome).toMatchObject({ outcome: 'accepted', providerMessageId: expect.stringMatching(/.+/) });
        expect(await started.acceptedTimes(ECHO)).toBe(times);
      }
    });

    it('tells a refusal for now from one for good, with the word of the provider', async () => {
      expect(await sendWhen('delays')).toMatchObject({ outcome: 'delayed', providerCode: expect.any(String) });
      expect(await sendWhen('refuses')).toMatchObject({ outcome: 'refused', providerCode: expect.any(String) });
      expect(await started.acceptedTimes(ECHO)).toBe(0);
      expect((await sendWhen('accepts')).outcome).toBe('accepted');
    });

    it('never says of a message that may have been taken that it was not', async () => {
      const outcomes = [await sendWhen('losesTheAnswer'), await sendWhen('isSilent')];
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
      expect(await started.acceptedTimes(ECHO)).toBe(2);
    });

    it('is at a loss, or certain that nothing was sent, when the link breaks before', async () => {
      expect(['unknown', 'delayed']).toContain((await sendWhen('breaks')).outcome);
      expect(await started.acceptedTimes(ECHO)).toBe(0);
    });

    it('knows that nothing was sent when there is no link', async () => {
      await started.vanish();
      expect(await send()).toMatchObject({ outcome: 'delayed', code: 'provider_unreachable', scope: 'channel' });
    });

    it('calls nobody without its secrets and settings', async () => {
      const { channel } = started.channel;
      const bare = { channel: { ...channel, settings: {} }, secrets: {} };
      const { adapter, address, content } = started;
      const message = { address, content, echo: ECHO, idempotencyKey: ECHO };
      expect(await adapter.send(bare, message)).toMatchObject({ outcome: 'delayed', code: 'channel_refused' });
      expect(await started.acceptedTimes(ECHO)).toBe(0);
    });

    it('refuses addresses and contents that are not of its kind, whatever is smuggled into them', async () => {
      for (const address of ['', 'x\r\nRCPT TO:<eve@evil.example>', '<eve@evil.example>', '../../getMe', '1 OR 1'])
        expect((await send({ address })).outcome).not.toBe('unknown');
      const foreign: OutgoingContent = { type: 'call', agentId: 'x', sipServer: '', sipParameters: {}, context: {} };
      expect((await send({ content: foreign })).outcome).not.toBe('unknown');
    });

    it('is told nothing by who has no secret, and never throws for what stands in a request', () => {
      const { adapter, channel } = started;
      for (const text of ['', '[', 'null', '[]', '{}', '{"events":[null]}', '{"update_id":1,"message":null}']) {
        const request = { headers: {}, body: Buffer.from(text), atMs: 0 };
        expect(adapter.isAuthentic(channel, request)).toBe(false);
        expect(adapter.read(request, channel) ?? []).toEqual([]);
      }
    });

    it('answers what the provider says of a send, where it can be asked', async () => {
      const { adapter, channel, address } = started;
      const question = { echo: ECHO, address };
      if (adapter.provesAfterMs === undefined) {
        expect(await adapter.lookUp(channel, question)).toEqual({ proof: 'none' });
        return;
      }
      expect(await adapter.lookUp(channel, question)).toEqual({ proof: 'notSent' });
      await sendWhen('losesTheAnswer');
      expect(await adapter.lookUp(channel, question)).toMatchObject({ proof: 'accepted' });
      await started.vanish();
      expect(await adapter.lookUp(channel, question)).toEqual({ proof: 'none' });
    });

    it('promises an end of every call', () => {
      expect(started.adapter.sendTimeoutMs).toBeGreaterThan(0);
    });
  });
}
