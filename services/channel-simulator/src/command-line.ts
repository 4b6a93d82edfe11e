import { parseArgs } from 'node:util';
import type { SimulatorOptions } from './settings.js';

export const HELP = `channel-simulator: the providers' side of the channels, and people who answer. Nothing leaves this machine.

  node services/channel-simulator/dist/src/main.js [options]

  --port N                     port to listen on; 0 takes a free one (4010)
  --host ADDRESS               address to listen on (127.0.0.1); the control API has no password
  --mode automatic|manual      people act by nature, or wait for commands (automatic)
  --seed N                     everything random follows from it (1)
  --time-scale N               seconds of the people's lives in one of ours (1)
  --shares JSON                kinds of people, for example '{"reads":0.5,"replies":0.5}'; the sum is 1
  --access-token TOKEN         what senders must carry as Bearer (simulated-access-token)
  --phone-number-id ID         a number that may send; repeat for more (any)
  --business-account-id ID     the account whose templates may be listed (any)
  --messages-per-second N|unlimited   of each sending number (80)
  --pair-rate on|off           about one message in 6 s to one person, 45 at once (on)
  --service-window-hours N|always     how long free-form text is allowed after a person wrote (24)
  --accepted-max N             accepted messages held before sends are refused with 507 (2000000)
  --webhook-url URL            where statuses and replies go; or PUT /control/webhook later
  --app-secret SECRET          signs webhooks (simulated-app-secret)
  --verify-token TOKEN         for the handshake (simulated-verify-token)
  --bot-token TOKEN            of the Telegram Bot API (simulated-bot-token)
  --smtp-port N                port to take mail on; 0 takes a free one (none)
  --smtp-login USER:PASSWORD   who may bring mail (anybody)
  --voice-key KEY              what must be carried to place calls (simulated-voice-key)
  --receiver-secret SECRET     signs the calls of a webhook channel (simulated-receiver-secret)
  --help                       this text

Try it: GET /control/health, GET /control/summary. The README has the rest.
`;

/** What the arguments ask for. Throws RangeError or node's own TypeError, with a sentence, when they make no sense. */
export function readCommandLine(args: readonly string[]): { help: true } | { help: false; options: SimulatorOptions } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      help: { type: 'boolean' },
      port: text,
      host: text,
      mode: text,
      seed: text,
      'time-scale': text,
      shares: text,
      'access-token': text,
      'phone-number-id': { type: 'string', multiple: true },
      'business-account-id': text,
      'messages-per-second': text,
      'pair-rate': text,
      'service-window-hours': text,
      'accepted-max': text,
      'webhook-url': text,
      'app-secret': text,
      'verify-token': text,
      'bot-token': text,
      'smtp-port': text,
      'smtp-login': text,
      'voice-key': text,
      'receiver-secret': text,
    },
  });
  if (values.help) return { help: true };
  const options: SimulatorOptions = {
    ...given('port', numberFrom('--port', values.port)),
    ...given('host', values.host),
    ...given('mode', oneOf('--mode', values.mode, ['automatic', 'manual'] as const)),
    ...given('seed', numberFrom('--seed', values.seed)),
    ...given('timeScale', numberFrom('--time-scale', values['time-scale'])),
    ...given('shares', sharesFrom(values.shares)),
    ...given('accessToken', values['access-token']),
    ...given('phoneNumberIds', values['phone-number-id']),
    ...given('businessAccountId', values['business-account-id']),
    ...given('messagesPerSecondMax', numberOr('--messages-per-second', values['messages-per-second'], 'unlimited')),
    ...(oneOf('--pair-rate', values['pair-rate'], ['on', 'off'] as const) === 'off' ? { pairRate: null } : {}),
    ...given('serviceWindowMs', hoursFrom(values['service-window-hours'])),
    ...given('acceptedMax', numberFrom('--accepted-max', values['accepted-max'])),
    ...given('botToken', values['bot-token']),
    ...given('smtpPort', numberFrom('--smtp-port', values['smtp-port'])),
    ...given('smtpLogin', loginFrom(values['smtp-login'])),
    ...given('voiceKey', values['voice-key']),
    ...given('receiverSecret', values['receiver-secret']),
    ...given('webhook', webhookFrom(values['webhook-url'], values['app-secret'], values['verify-token'])),
  };
  return { help: false, options };
}

function given<Name extends keyof SimulatorOptions>(
  name: Name,
  value: SimulatorOptions[Name] | undefined,
): SimulatorOptions {
  return value === undefined ? {} : { [name]: value };
}

function numberFrom(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) throw new RangeError(`${flag} needs a number, not "${value}"`);
  return number;
}

function numberOr(flag: string, value: string | undefined, word: string): number | null | undefined {
  return value === word ? null : numberFrom(flag, value);
}

function hoursFrom(value: string | undefined): number | null | undefined {
  const hours = numberOr('--service-window-hours', value, 'always');
  return typeof hours === 'number' ? hours * 3_600_000 : hours;
}

function oneOf<Word extends string>(flag: string, value: string | undefined, words: readonly Word[]): Word | undefined {
  const word = words.find((candidate) => candidate === value);
  if (value !== undefined && word === undefined)
    throw new RangeError(`${flag} is one of ${words.join(', ')}, not "${value}"`);
  return word;
}

function sharesFrom(value: string | undefined): SimulatorOptions['shares'] | undefined {
  if (value === undefined) return undefined;
  try {
    return JSON.parse(value) as SimulatorOptions['shares'];
  } catch {
    throw new RangeError(`--shares needs JSON such as '{"reads":0.5,"replies":0.5}', not "${value}"`);
  }
}

function webhookFrom(url: string | undefined, appSecret: string | undefined, verifyToken: string | undefined) {
  if (url === undefined) return undefined;
  return { url, appSecret: appSecret ?? 'simulated-app-secret', verifyToken: verifyToken ?? 'simulated-verify-token' };
}

function loginFrom(value: string | undefined): SimulatorOptions['smtpLogin'] | undefined {
  if (value === undefined) return undefined;
  const [user = '', ...rest] = value.split(':');
  if (user === '' || rest.length === 0) throw new RangeError('--smtp-login needs USER:PASSWORD');
  return { user, password: rest.join(':') };
}
