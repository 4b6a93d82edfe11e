import { describe, expect, it } from '@jest/globals';
import { HELP, readCommandLine } from './command-line.js';

describe('readCommandLine', () => {
  it('takes nothing, and leaves all to the defaults', () => {
    expect(readCommandLine([])).toEqual({ help: false, options: {} });
  });

  it('takes every option that the help names', () => {
    const values: Record<string, string> = {
      mode: 'manual',
      shares: '{"reads":1}',
      'pair-rate': 'off',
      'service-window-hours': '2',
      'messages-per-second': 'unlimited',
      'webhook-url': 'http://127.0.0.1:1/x',
      'smtp-login': 'shop:secret:5',
    };
    const names = [...HELP.matchAll(/^ {2}--([a-z-]+) [A-Z]|^ {2}--([a-z-]+) \w+\|/gm)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(names).toHaveLength(21);
    const read = readCommandLine(names.flatMap((name) => [`--${name}`, values[name] ?? '5']));
    expect(read).toEqual({
      help: false,
      options: {
        port: 5,
        host: '5',
        mode: 'manual',
        seed: 5,
        timeScale: 5,
        shares: { reads: 1 },
        accessToken: '5',
        phoneNumberIds: ['5'],
        businessAccountId: '5',
        messagesPerSecondMax: null,
        pairRate: null,
        serviceWindowMs: 7_200_000,
        acceptedMax: 5,
        webhook: { url: 'http://127.0.0.1:1/x', appSecret: '5', verifyToken: '5' },
        botToken: '5',
        smtpPort: 5,
        smtpLogin: { user: 'shop', password: 'secret:5' },
        voiceKey: '5',
        receiverSecret: '5',
      },
    });
  });

  it.each([
    [['--port', 'many'], '--port needs a number'],
    [['--mode', 'wild'], '--mode is one of automatic, manual'],
    [['--shares', '{'], '--shares needs JSON'],
    [['--speed', '5'], 'Unknown option'],
    [['here'], 'Unexpected argument'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => readCommandLine(args)).toThrow(sentence);
  });
});
