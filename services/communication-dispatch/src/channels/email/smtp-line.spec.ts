import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmtpLine } from './smtp-line.js';

const ANSWER_TIMEOUT_MS = 200;

describe('SmtpLine', () => {
  let server: Server;
  let port: number;
  let accepted: Socket[];

  /** A server that greets, and then answers in lines without end, each sooner than the time-out of an answer. */
  beforeEach(async () => {
    accepted = [];
    server = createServer((socket) => {
      accepted.push(socket);
      socket.write('220 mail.example\r\n');
      const drips = setInterval(() => socket.write('250-AND-ONE-MORE\r\n'), ANSWER_TIMEOUT_MS / 4);
      socket.on('error', () => undefined).on('close', () => clearInterval(drips));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    for (const socket of accepted) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is given up when it is not open in time, however the server drips', async () => {
    const ended: SmtpLine[] = [];
    const options = { host: '127.0.0.1', port, ignoreTLS: true, socketTimeout: ANSWER_TIMEOUT_MS };
    const line = new SmtpLine(options, undefined, (each) => ended.push(each));
    expect(await line.open(5 * ANSWER_TIMEOUT_MS)).toMatchObject({
      code: 'ETIMEDOUT',
      begun: false,
      unconnected: true,
    });
    expect(ended).toEqual([line]);
    expect(line.isUsable).toBe(false);
  });
});
