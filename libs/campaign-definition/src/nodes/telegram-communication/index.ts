import { OUT, type NodeType } from '../node-type.js';
import { checkOutbound } from '../outbound/check-outbound.js';
import { summarizeOutbound } from '../outbound/describe-outbound.js';
import { fillPlaces } from '../outbound/message-text.js';
import { checkPlaces, readVariables, type MessageVariable } from '../outbound/message-variables.js';
import { readOutbound, type OutboundSettings } from '../outbound/outbound-settings.js';
import { readWindowSchedule, type WindowSchedule } from '../outbound/schedule-settings.js';
import { SettingsReader } from '../settings-reader.js';

export interface TelegramSettings extends OutboundSettings, WindowSchedule {
  /** The first message, with places such as `{{name}}`; without it the agent says the first word. */
  readonly startPhrase?: string | undefined;
  readonly variables: readonly MessageVariable[];
}

/** The longest message that Telegram takes, in UTF-16 code units, variables filled in. */
export const TELEGRAM_TEXT_MAX = 4_096;
const TITLE = 'Start Phrase';

export const telegramCommunication: NodeType<TelegramSettings> = {
  type: 'telegram-communication',
  kind: 'action',
  title: 'Telegram Communication',
  howItWorks: 'Plans a Telegram conversation, opened by the Start Phrase or by the agent.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    const draft = {
      ...readOutbound(reader),
      ...readWindowSchedule(reader),
      startPhrase: reader.text('startPhrase', TITLE, TELEGRAM_TEXT_MAX),
      variables: readVariables(reader, TITLE),
    };
    return { draft, problems: reader.problems };
  },
  check: (settings, check) => {
    checkOutbound(settings, 'telegram', check);
    const text = { setting: 'startPhrase', title: TITLE, text: settings.startPhrase };
    checkPlaces([text], settings.variables ?? [], 'variables', check);
  },
  summary: (settings, context) => summarizeOutbound(settings, context, settings.startPhrase?.slice(0, SHOWN_MAX)),
  message: ({ startPhrase }, values) =>
    startPhrase === undefined
      ? { channelType: 'telegram' }
      : { channelType: 'telegram', text: fillPlaces(startPhrase, values) },
};

const SHOWN_MAX = 60;
