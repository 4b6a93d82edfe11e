import { fillPlaces, TELEGRAM_TEXT_MAX, type TelegramSettings } from '@poinciana/campaign-definition';
import { explainPlan } from '../../explain/explain-plan.js';
import type { NodeExecution } from '../node-execution.js';
import { compileTexts } from '../outbound/compile-content.js';
import { compileOutbound, type OutboundChannel } from '../outbound/compile-outbound.js';
import { compileWindow } from '../outbound/compile-schedule.js';

/** Plans a Telegram conversation with the person's Telegram ID. */
export const telegramCommunication: NodeExecution<TelegramSettings> = {
  type: 'telegram-communication',
  compile: (node, draft, context) => {
    const { startPhrase = '', variables = [] } = draft;
    const content = compileTexts(
      variables,
      (values) => fillPlaces(startPhrase, values).length,
      TELEGRAM_TEXT_MAX,
      context,
      node.id,
    );
    const sendTime = compileWindow(draft, 'telegram', context);
    if (content === undefined || sendTime === undefined) return undefined;
    const channel: OutboundChannel = {
      channelType: 'telegram',
      address: (walk) => walk.field('telegram_id'),
      content,
      sendTime,
    };
    return compileOutbound(node, draft, channel, context);
  },
  explain: explainPlan,
};
