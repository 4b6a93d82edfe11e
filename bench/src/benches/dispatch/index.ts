import type { Bench } from '../../bench.js';
import { claims } from './claims.js';
import { delay } from './delay.js';
import { MAIL_LINES, withDispatch } from './running-dispatch.js';
import { email, whatsapp } from './sending.js';
import { defineChannels } from './sent-campaign.js';
import { webhookOf, webhooks } from './webhooks.js';

/** Messages a round: enough that a round lasts seconds. */
const MESSAGES = 4_000;

export const bench: Bench = {
  description:
    'messages, mails, webhooks and claims of what is planned (--rows), against bare loops on the same simulator',
  rows: 100_000,
  run: ({ rows, note }) =>
    withDispatch(
      (pool) => claims(pool, rows, note),
      async (running, ofClaims) => {
        const messages = Math.min(rows, MESSAGES);
        await defineChannels(running, MAIL_LINES);
        await running.simulator.tellTo(webhookOf(running));
        return [
          ...(await whatsapp(running, messages, note)),
          ...(await email(running, messages, note)),
          ...(await webhooks(running, messages, note)),
          ...ofClaims,
          ...(await delay(running, note)),
        ];
      },
    ),
};
