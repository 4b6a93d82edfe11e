import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request is answered with; `reset` ends the connection before, `lose` after the message was taken. */
export type ScriptedAnswer =
  | { readonly status: number; readonly body?: object; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'lose'
  | 'silence';

interface TakenRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: { readonly biz_opaque_callback_data?: string; readonly [name: string]: unknown };
}

/** A provider that answers as it is told, over real HTTP: for tests of the adapter. */
export class ScriptedProvider {
  readonly requests: TakenRequest[] = [];
  readonly taken: string[] = [];
  next: ScriptedAnswer = { status: 200 };
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as TakenRequest['body'];
    this.requests.push({ url: request.url ?? '', authorization: request.headers.authorization, body });
    const { next } = this;
    if (isTaken(next)) this.taken.push(body.biz_opaque_callback_data ?? '');
    if (next === 'reset' || next === 'lose') return void request.socket.destroy();
    if (next === 'silence') return;
    response.writeHead(next.status, { 'content-type': 'application/json', ...next.headers });
    response.end(JSON.stringify(next.body ?? (isTaken(next) ? this.acceptance() : {})));
  }

  private acceptance(): object {
    return { messages: [{ id: `wamid.${this.taken.length}` }], contacts: [{ wa_id: '491510000009' }] };
  }
}

function isTaken(next: ScriptedAnswer): boolean {
  return next === 'lose' || next === 'silence' || (typeof next === 'object' && next.status === 200);
}
