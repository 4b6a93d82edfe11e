import { createTransport } from 'nodemailer';
import { Pool } from 'undici';
import { CALLS, MAIL_LINES } from './running-dispatch.js';
import { ACCESS_TOKEN, type RunningSimulator } from './running-simulator.js';
import { addressOf, FROM, PHONE_NUMBER_ID, TEMPLATE, VALUES } from './sent-campaign.js';

/** As many at a time as may be, each one's next behind its last. */
export async function inLanes(lanes: number, count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The same bodies over as many connections, and nothing else: no intent, no result, nobody remembers anything. */
export async function postBare({ url }: RunningSimulator, name: string, count: number): Promise<void> {
  const pool = new Pool(url, { connections: CALLS, pipelining: 1 });
  const path = `/v23.0/${PHONE_NUMBER_ID}/messages`;
  const headers = { authorization: `Bearer ${ACCESS_TOKEN}`, 'content-type': 'application/json' };
  const parameters = Object.values(VALUES).map((text) => ({ type: 'text', text }));
  const { name: template, language } = TEMPLATE;
  await inLanes(CALLS, count, async (number) => {
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: addressOf('whatsapp', number),
      biz_opaque_callback_data: `${name}-${number}-bare-0000-000000000000`,
      type: 'template',
      template: { name: template, language: { code: language }, components: [{ type: 'body', parameters }] },
    });
    const answer = await pool.request({ path, method: 'POST', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`The simulator refused: ${answer.statusCode} ${text}`);
  });
  await pool.close();
}

/** The same mails through nodemailer's own pool of as many lines. */
export async function mailBare(simulator: RunningSimulator, name: string, count: number): Promise<void> {
  const transport = createTransport({
    pool: true,
    maxConnections: MAIL_LINES,
    maxMessages: Infinity,
    host: '127.0.0.1',
    port: await simulator.smtpPort(),
    ignoreTLS: true,
  });
  await inLanes(MAIL_LINES, count, async (number) => {
    const link = `https://api.example/api/dispatch/unsubscribe/${name}-${number}`;
    await transport.sendMail({
      from: FROM,
      to: addressOf('email', number),
      messageId: `<${name}-${number}@shop.example>`,
      subject: `Payment of ${VALUES.amount}`,
      text: `Hello ${VALUES.name}, ${VALUES.amount} are due on ${VALUES.due}.`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe': `<${link}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
  });
  transport.close();
}
