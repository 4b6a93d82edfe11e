import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { Secret, sealSecret } from '@poinciana/service-kit';
import { isTimedSignature, timedSignature } from '../src/channels/secret-digest.js';
import { DispatchWorld } from './dispatch-world.js';
import { AGENT, agentOfTests, envelope, flowRun, secretsKey, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';
const KEY = 'a signing key of sixteen';

/** The agent's own system: a real HTTP server that says what the test tells it to. */
class AgentSystem {
  readonly asked: {
    readonly id: string;
    readonly text: string;
    readonly sessionId: string;
    readonly isSigned: boolean;
  }[] = [];
  status = 200;
  turn: object = {};
  private readonly server: Server;

  constructor(nowMs: () => number) {
    this.server = createServer((request, response) => void this.answer(request, response, nowMs()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse, nowMs: number): Promise<void> {
    const body = await buffer(request);
    const isSigned = isTimedSignature(body, request.headers['x-signature'], KEY, nowMs);
    this.asked.push({ ...(JSON.parse(body.toString('utf8')) as AgentSystem['asked'][0]), isSigned });
    response.writeHead(this.status, { 'content-type': 'application/json' }).end(JSON.stringify(this.turn));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/agent`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('an agent with a system of its own', () => {
  let world: DispatchWorld;
  let system: AgentSystem;

  beforeEach(async () => {
    world = new DispatchWorld();
    system = new AgentSystem(() => world.clock.now().getTime());
    const url = await system.listen();
    await world.begin();
    const stream = streamName('workspace', WORKSPACE);
    const encryptedSigningKey = sealSecret(new Secret(secretsKey), KEY);
    const agent = { ...agentOfTests(), runtime: 'webhook', url, encryptedSigningKey };
    const saved = envelope(derivedId('webhook agent'), WORKSPACE, 'AgentSaved', { agent });
    await world.append(stream, [...(await readStream(world.store, stream)), saved]);
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
    world.setClock(DUE);
    await world.work();
    await world.consume();
  });
  afterEach(async () => {
    await system.stop();
    await world.close();
  });

  async function write(text: string): Promise<void> {
    await world.tell({ about: 'message', providerMessageId: `in ${text}`, address: ADDRESS, text });
    await world.work();
    await world.consume();
    await world.work();
    await world.consume();
  }

  async function session() {
    return (await world.dispatch.communications.read(WORKSPACE, ONE)).session;
  }

  async function types(): Promise<readonly string[]> {
    return (await session()).map(({ type }) => type);
  }

  function hear(turn: object, signature?: string) {
    const body = JSON.stringify(turn);
    const signed = signature ?? timedSignature(body, KEY, world.clock.now().getTime());
    return world.dispatch.conversations.hearing.hear(AGENT, signed, Buffer.from(body));
  }

  it('is asked with a signature, and what it says is sent once and ends the conversation with declared results (A71)', async () => {
    system.turn = { answer: 'Thank you', results: { paid: 'yes', nonsense: 1 }, close: true };
    await write('I have paid');
    expect(system.asked).toMatchObject([{ text: 'I have paid', isSigned: true }]);
    expect(world.channel.accepted.at(-1)).toMatchObject({ content: { type: 'text', text: 'Thank you' } });
    expect((await world.communication(ONE)).at(-1)).toMatchObject({
      type: 'CommunicationEnded',
      data: { communication: { status: 'Completed' } },
      personal: { results: { paid: true } },
    });
    expect((await types()).slice(-2)).toEqual(['MessageAccepted', 'SessionClosed']);
  });

  it('is asked again while it is away, with the same id, and counts as failed when its time is over', async () => {
    system.status = 503;
    await write('hello');
    world.wait(1_000);
    await world.work();
    expect(new Set(system.asked.map(({ id }) => id)).size).toBe(1);
    expect(system.asked).toHaveLength(2);
    world.setClock('2026-03-02T09:02:00.000Z');
    world.wait(60_000);
    await world.work();
    expect((await session()).at(-1)).toMatchObject({
      type: 'AgentFailed',
      data: { code: 'agent_failed', providerCode: 'http_503' },
    });
    world.wait(3_600_000);
    await world.work();
    expect(system.asked).toHaveLength(3);
    expect((await world.types(ONE)).at(-1)).toBe('CommunicationReplied');
  });

  it('is not asked any more when its time is over, although its answer could never be taken, and counts as failed', async () => {
    system.turn = { answer: 'Thank you' };
    const append = world.store.append.bind(world.store);
    world.store.append = async (writes) => {
      const isAnswer = writes.some(({ events }) => events.some(({ type }) => type === 'MessageSent'));
      if (isAnswer) throw new RangeError('The event is too large');
      return append(writes);
    };
    await write('hello');
    expect((await types()).at(-1)).toBe('MessageReceived');
    world.setClock('2026-03-02T09:02:00.000Z');
    world.wait(60_000);
    await world.work();
    expect((await session()).at(-1)).toMatchObject({ type: 'AgentFailed', data: { providerCode: 'answer_not_taken' } });
    world.wait(3_600_000);
    await world.work();
    expect(system.asked).toHaveLength(2);
    expect(world.faults.map(({ what }) => what)).toEqual(['question to an agent', 'question to an agent']);
  });

  it('is not asked again once it refused', async () => {
    system.status = 422;
    await write('hello');
    world.wait(3_600_000);
    await world.work();
    expect(system.asked).toHaveLength(1);
    expect((await types()).at(-1)).toBe('AgentFailed');
  });

  it('may say more in its own time, each thing once; nobody else may', async () => {
    await write('hello');
    const sessionId = system.asked[0]?.sessionId;
    const turn = { id: 'later-1', sessionId, answer: 'I looked it up' };
    expect(await hear(turn, `t=${world.clock.now().getTime()},v1=${'0'.repeat(64)}`)).toBe('forged');
    expect(await hear({ ...turn, sessionId: derivedId('no session') })).toBe('forged');
    expect(await hear({ answer: 'for nobody' })).toBe('unreadable');
    expect(await hear(turn)).toBe('taken');
    expect(await hear(turn)).toBe('taken');
    const said = world.channel.accepted.filter(({ content }) => content.type === 'text');
    expect(said.map(({ content }) => content)).toMatchObject([{ text: 'I looked it up' }]);
    expect(await hear({ id: 'later-2', sessionId, results: { paid: false } })).toBe('taken');
    expect((await world.types(ONE)).at(-1)).toBe('CommunicationResultsChanged');
    expect(await hear({ id: 'later-3', sessionId, close: true })).toBe('taken');
    expect((await world.communication(ONE)).at(-1)).toMatchObject({
      type: 'CommunicationEnded',
      personal: { results: { paid: false } },
    });
  });

  it('says nothing more once the communication was canceled, though its session is not closed yet', async () => {
    await write('hello');
    const sessionId = system.asked[0]?.sessionId;
    const accepted = world.channel.accepted.length;
    const user = { workspace: WORKSPACE, subject: 'eva', causation: derivedId('request', 1) };
    await world.dispatch.cancellations.many({ ...user, communicationIds: [ONE] });
    expect(await hear({ id: 'later-4', sessionId, answer: 'Are you still there?' })).toBe('taken');
    expect(world.channel.accepted).toHaveLength(accepted);
    expect(await types()).not.toContain('SessionClosed');
  });
});
