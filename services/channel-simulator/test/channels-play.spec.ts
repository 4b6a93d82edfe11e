import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import type { PeopleShares } from '../src/index.js';
import { SimulatorUnderTest } from './simulator-under-test.js';

const LOOKS_MAX = 1_000;
const COMMUNICATION = '11111111-1111-4111-8111-111111111111';

async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    if (await isThere()) return;
    await pause(10);
  }
  throw new Error('It never came');
}

interface Told {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Takes what is posted. */
class Listener {
  readonly told: Told[] = [];
  readonly #server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.told.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) as Told['body'] });
      response.end();
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('the channels beside WhatsApp', () => {
  let simulator: SimulatorUnderTest;
  let listener: Listener;
  let url: string;

  async function start(shares: PeopleShares): Promise<void> {
    simulator = await SimulatorUnderTest.start({ shares, smtpPort: 0 });
  }

  async function summary(channel: string): Promise<Record<string, number>> {
    return (await simulator.ask<Record<string, number>>('GET', `/control/${channel}/summary`)).body;
  }

  beforeEach(async () => {
    listener = new Listener();
    url = await listener.listen();
  });
  afterEach(async () => {
    await listener.stop();
    await simulator.stop();
  });

  it('plays the Bot API: sends, long polls, webhooks, people who block', async () => {
    await start({ replies: 1 });
    const bot = '/botsimulated-bot-token';
    const sent = await simulator.ask('POST', `${bot}/sendMessage`, { chat_id: 42, text: 'Hello' });
    expect(sent.body).toMatchObject({ ok: true, result: { message_id: 1, chat: { id: 42 }, text: 'Hello' } });
    const polled = await simulator.ask<{ result: { update_id: number }[] }>('POST', `${bot}/getUpdates`, {
      timeout: 5,
    });
    expect(polled.body.result).toMatchObject([{ message: { from: { id: 42 }, text: expect.any(String) } }]);
    const offset = (polled.body.result[0]?.update_id ?? 0) + 1;
    expect((await simulator.ask('POST', `${bot}/getUpdates`, { offset })).body).toEqual({ ok: true, result: [] });
    await simulator.ask('POST', `${bot}/setWebhook`, { url, secret_token: 's3cret' });
    expect((await simulator.ask('POST', `${bot}/getUpdates`, {})).body).toMatchObject({ error_code: 409 });
    await simulator.ask('PUT', '/control/telegram/blocked', { chatId: 42, isBlocked: true });
    await until(() => listener.told.length === 1);
    expect(listener.told[0]?.headers['x-telegram-bot-api-secret-token']).toBe('s3cret');
    expect(listener.told[0]?.body).toMatchObject({ my_chat_member: { new_chat_member: { status: 'kicked' } } });
    const refused = await simulator.ask('POST', `${bot}/sendMessage`, { chat_id: 42, text: 'Hello' });
    expect(refused).toMatchObject({ status: 403, body: { ok: false, error_code: 403 } });
    expect((await simulator.ask('POST', '/botwrong/getMe')).body).toMatchObject({ error_code: 401 });
  });

  it('takes mail, counts it by our id, answers and bounces, and breaks where it is told', async () => {
    await start({ invalidReported: 1 });
    const mails: string[] = [];
    const exchange = new SMTPServer({
      logger: false,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        let text = `${session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address}\n`;
        stream.on('data', (part: Buffer) => (text += part.toString()));
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => exchange.listen(0, '127.0.0.1', resolve));
    const { port } = exchange.server.address() as AddressInfo;
    await simulator.ask('PUT', '/control/mail/target', { host: '127.0.0.1', port });
    const transport = createTransport({ host: '127.0.0.1', port: simulator.simulator.smtpPort, ignoreTLS: true });
    const mail = {
      envelope: { from: `b+${COMMUNICATION}@bounces.example`, to: 'ada@people.example' },
      from: 'shop@shop.example',
      to: 'ada@people.example',
      subject: 'Hello',
      text: 'Hello',
    };
    await transport.sendMail(mail);
    await until(() => mails.length === 1);
    expect(mails[0]).toMatch(/^\n/);
    expect(mails[0]).toContain('Action: failed');
    expect(mails[0]).toContain('Subject: Hello');
    await simulator.ask('POST', '/control/mail/faults', { kind: 'resetAfterAcceptance', count: 1 });
    await expect(transport.sendMail(mail)).rejects.toThrow();
    await simulator.ask('POST', '/control/mail/faults', { kind: 'refuse', code: 550, count: 1 });
    await expect(transport.sendMail(mail)).rejects.toMatchObject({ responseCode: 550 });
    expect(await summary('mail')).toMatchObject({ accepted: 2, communications: 1, acceptedPerCommunicationMax: 2 });
    await new Promise<void>((resolve) => exchange.close(() => resolve()));
  });

  it('places calls, tells what becomes of them by signed callbacks, and can be asked', async () => {
    await start({ replies: 1 });
    const headers = { authorization: 'Bearer simulated-voice-key' };
    await simulator.ask('PUT', '/control/voice/target', { url, secret: 's3cret' });
    const call = { to: '491701234567', agent: 'collections', reference: COMMUNICATION, sip: { server: 'sip.example' } };
    const placed = await simulator.ask<{ call_id: string }>('POST', '/voice/calls', call, headers);
    expect(placed).toMatchObject({ status: 201, body: { status: 'queued' } });
    await until(() => listener.told.length === 3);
    expect(new Set(listener.told.map(({ body }) => body['status']))).toEqual(new Set(['ringing', 'answered', 'ended']));
    expect(listener.told[0]?.headers['x-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    const found = await simulator.ask('GET', `/voice/calls?reference=${COMMUNICATION}`, undefined, headers);
    expect(found.body).toMatchObject({ calls: [{ call_id: placed.body.call_id, status: 'ended' }] });
    expect((await simulator.ask('POST', '/voice/calls', { ...call, to: '1' }, headers)).status).toBe(422);
    expect((await simulator.ask('POST', '/voice/calls', call)).status).toBe(401);
  });

  it("plays a company's own system: only signed calls are taken", async () => {
    await start({ replies: 1 });
    const refused = await simulator.ask('POST', '/receiver/messages', { address: 'a', communicationId: COMMUNICATION });
    expect(refused.status).toBe(401);
    expect(await summary('webhook')).toMatchObject({ accepted: 0 });
  });
});
