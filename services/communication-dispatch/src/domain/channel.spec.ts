import { describe, expect, it } from '@jest/globals';
import { fold } from '@poinciana/event-sourcing';
import { channel, type ChannelCommand, type ChannelEvent } from './channel.js';

const FAIL: ChannelCommand = {
  type: 'FailChannel',
  channelId: 'one',
  channelType: 'email',
  code: 'channel_refused',
  providerCode: '535 5.7.8',
};
const HEAL: ChannelCommand = { type: 'HealChannel', channelId: 'one', channelType: 'email' };

function after(...commands: readonly ChannelCommand[]): readonly ChannelEvent[] {
  return commands.reduce<readonly ChannelEvent[]>(
    (events, command) => [...events, ...channel.decide(command, fold(channel, events))],
    [],
  );
}

describe('channel', () => {
  it('fails once, heals once, and fails again', () => {
    expect(after(HEAL, FAIL, FAIL, HEAL, HEAL, FAIL).map(({ type }) => type)).toEqual([
      'ChannelFailed',
      'ChannelHealed',
      'ChannelFailed',
    ]);
  });

  it('says why in our code and in the word of the provider', () => {
    expect(after(FAIL)).toEqual([
      {
        type: 'ChannelFailed',
        data: { channelId: 'one', channelType: 'email', code: 'channel_refused', providerCode: '535 5.7.8' },
      },
    ]);
  });
});
